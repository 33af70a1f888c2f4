# Sourced by start.sh and harness/bench/run. Sets $flags to what every Java of rankgrid's runs with.
flags="--add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
    -XX:+UseParallelGC"

# Large pages for the heap where Linux gives them to who asks: a calibration takes some percent less time. Other systems do
# not know the option, and where they are switched off Java would warn.
huge_pages=${RANKGRID_HUGE_PAGES_FILE:-/sys/kernel/mm/transparent_hugepage/enabled}
if [ -r "$huge_pages" ] && IFS= read -r huge_pages_mode <"$huge_pages"; then
    case $huge_pages_mode in
        *"[never]"*) ;;
        *) flags="$flags -XX:+UseTransparentHugePages" ;;
    esac
fi
