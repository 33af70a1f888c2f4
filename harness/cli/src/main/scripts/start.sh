# Sourced by ./rankgrid with $jdk (a JDK 25 or newer), $home (the folder that holds lib/) and $scripts (this folder). Replaces
# the shell by Java.
archive=$home/rankgrid.jsa
stamp=$archive.for
class_path=
for jar in "$home"/lib/*.jar; do
    class_path="$class_path:$jar"
done
class_path=${class_path#:}
. "$scripts/java-flags.sh"
flags="$flags -Xshare:auto -Xlog:cds=off -Xlog:aot=off"

# Whether the archive was made, or cannot be made, for this JDK and these jars. Java looks once more, by the jars' sizes and
# times and the JDK's build: an archive that does not fit costs time and nothing else.
archive_is_decided() {
    [ -r "$stamp" ] && [ "$stamp" -nt "$jdk/release" ] || return 1
    made_for=
    IFS= read -r made_for <"$stamp" || return 1
    [ "$made_for" = "$jdk $class_path" ] || return 1
    for jar in "$home"/lib/*.jar; do
        [ "$stamp" -nt "$jar" ] || return 1
    done
}

# An archive of loaded classes takes a start to half. It is made once after a build, under a name of its own and then moved,
# so that one that was killed or two at once do no harm; where nothing can be written, Java starts without it. picocli is in
# the class format of Java 5, which an archive takes only as long as nothing makes it link the class: so no @cp lines of it.
# shellcheck disable=SC2086  # flags are several words on purpose, here and below
make_archive() {
    made=$archive.$$
    trap 'rm -f "$made" "$made.all" "$made.list"; exit 130' INT TERM
    rm -f "$stamp" "$archive" "$archive".[0-9]*
    (cd "$home" && export RANKGRID_PLUGINS='' &&
        "$jdk/bin/java" $flags -XX:DumpLoadedClassList="$made.all" -cp "$class_path" org.rankgrid.cli.ArchiveRehearsal &&
        sed '/^@cp picocli/d' "$made.all" >"$made.list" &&
        "$jdk/bin/java" $flags -Xshare:dump -XX:SharedClassListFile="$made.list" -XX:SharedArchiveFile="$made" \
            -cp "$class_path") >/dev/null 2>&1 && ended=0 || ended=$?
    [ "$ended" -ne 0 ] || mv -f "$made" "$archive" 2>/dev/null || :
    rm -f "$made" "$made.all" "$made.list"
    # One that failed would fail again; one that was killed is made by the next start.
    [ "$ended" -ge 128 ] || { printf '%s\n' "$jdk $class_path" >"$made.for" && mv -f "$made.for" "$stamp"; }
    trap - INT TERM
}
archive_is_decided || { [ -w "$home" ] && make_archive; } || archive=

# Verbs that only look something up end before the optimising compiler has earned what it costs. Never those that compute.
case "${1:-}" in
    "" | -h | --help | -V | --version | plugins | schema | cache) flags="$flags -XX:TieredStopAtLevel=1" ;;
esac

# Progress is drawn in place only where a person sees it.
terminal=false
[ -t 2 ] && [ "${TERM:-dumb}" != dumb ] && terminal=true
# Names of files are read in the locale's encoding; where it has none worth the name, UTF-8 is the better guess.
case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
    "" | C | POSIX) export LC_ALL=C.UTF-8 ;;
esac
if [ -n "$archive" ] && [ -r "$archive" ]; then
    set -- -XX:SharedArchiveFile="$archive" -Drankgrid.terminal=$terminal ${RANKGRID_JAVA_OPTS:-} \
        -cp "$class_path" org.rankgrid.cli.Main "$@"
else
    set -- -Drankgrid.terminal=$terminal ${RANKGRID_JAVA_OPTS:-} -cp "$class_path" org.rankgrid.cli.Main "$@"
fi
exec "$jdk/bin/java" $flags "$@"
