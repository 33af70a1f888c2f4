# Sourced by ./build and ./rankgrid. find_jdk sets $jdk to the home of a JDK 25 or newer, or says what to do and returns 1.

# The feature release a JDK home states in its release file; nothing if there is none. Starts no Java.
jdk_release() {
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

find_jdk() {
    jdk_on_path=$(command -v java 2>/dev/null) && jdk_on_path=$(readlink -f "$jdk_on_path" 2>/dev/null) || jdk_on_path=
    jdk_on_path=${jdk_on_path%/bin/java}
    for jdk in "${RANKGRID_JAVA_HOME:-}" "${JAVA_HOME:-}" "$jdk_on_path" \
        ${RANKGRID_JVM_FOLDERS-/usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /Library/Java/JavaVirtualMachines/*/Contents/Home} \
        "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${SDKMAN_DIR:-${HOME:-}/.sdkman}"/candidates/java/* "${HOME:-}"/.jdks/*; do
        [ -n "$jdk" ] || continue
        jdk_found=$(jdk_release "$jdk")
        [ -n "$jdk_found" ] && [ "$jdk_found" -ge 25 ] && return 0
        [ "$jdk" = "${RANKGRID_JAVA_HOME:-}" ] && echo "rankgrid: RANKGRID_JAVA_HOME=$jdk is not a JDK 25 or newer, looking elsewhere." >&2
    done
    echo "rankgrid needs a JDK 25 or newer and found none: install one (Eclipse Temurin 25, for one) or set RANKGRID_JAVA_HOME to its folder." >&2
    return 1
}
