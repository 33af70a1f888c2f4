# Sourced by ./rankgrid with $jdk (a JDK 25 or newer) and $home (the folder that holds lib/). Replaces the shell by Java.
archive=$home/rankgrid.jsa
fresh=true
[ "$archive" -nt "$jdk/release" ] || fresh=false
class_path=
for jar in "$home"/lib/*.jar; do
    class_path="$class_path:$jar"
    [ "$archive" -nt "$jar" ] || fresh=false
done
class_path=${class_path#:}
flags="--add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
    -XX:+UseParallelGC -Xshare:auto -Xlog:cds=off -Xlog:cds+dynamic=off -Xlog:aot=off"

# An archive of loaded classes halves every start. It is made once after a build, under a name of its own and then moved, so
# that one that was killed or two at once do no harm; where nothing can be written, Java starts without it.
# shellcheck disable=SC2086  # flags are several words on purpose, here and below
if [ "$fresh" = false ] && [ -w "$home" ]; then
    (cd "$home" && RANKGRID_PLUGINS='' "$jdk/bin/java" $flags -XX:ArchiveClassesAtExit="$archive.$$" -cp "$class_path" \
        org.rankgrid.cli.Main plugins) >/dev/null 2>&1 && mv -f "$archive.$$" "$archive" 2>/dev/null || rm -f "$archive.$$"
fi

# Progress is drawn in place only where a person sees it.
terminal=false
[ -t 2 ] && [ "${TERM:-dumb}" != dumb ] && terminal=true
# Names of files are read in the locale's encoding; where it has none worth the name, UTF-8 is the better guess.
case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
    "" | C | POSIX) export LC_ALL=C.UTF-8 ;;
esac
if [ -r "$archive" ]; then
    set -- -XX:SharedArchiveFile="$archive" -Drankgrid.terminal=$terminal ${RANKGRID_JAVA_OPTS:-} \
        -cp "$class_path" org.rankgrid.cli.Main "$@"
else
    set -- -Drankgrid.terminal=$terminal ${RANKGRID_JAVA_OPTS:-} -cp "$class_path" org.rankgrid.cli.Main "$@"
fi
exec "$jdk/bin/java" $flags "$@"
