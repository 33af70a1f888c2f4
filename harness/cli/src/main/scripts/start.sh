# Sourced by ./rankgrid with $jdk (a JDK 25 or newer) and $home (the folder that holds lib/). Replaces the shell by Java.
class_path=
for jar in "$home"/lib/*.jar; do
    class_path="$class_path:$jar"
done
# The archive of loaded classes is written at the end of the first run and halves the start of every later one.
# Progress is drawn in place only where a person sees it.
terminal=false
[ -t 2 ] && [ "${TERM:-dumb}" != dumb ] && terminal=true
# Names of files are read in the locale's encoding; where it has none worth the name, UTF-8 is the better guess.
case "${LC_ALL:-${LC_CTYPE:-${LANG:-}}}" in
    "" | C | POSIX) export LC_ALL=C.UTF-8 ;;
esac
# shellcheck disable=SC2086  # RANKGRID_JAVA_OPTS holds several words on purpose
exec "$jdk/bin/java" \
    -XX:+AutoCreateSharedArchive -XX:SharedArchiveFile="$home/rankgrid.jsa" -Xshare:auto -Xlog:cds=off -Xlog:cds+dynamic=off -Xlog:aot=off \
    --add-modules jdk.incubator.vector \
    --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow \
    -XX:+UseParallelGC \
    -Drankgrid.terminal=$terminal \
    ${RANKGRID_JAVA_OPTS:-} \
    -cp "${class_path#:}" org.rankgrid.cli.Main "$@"
