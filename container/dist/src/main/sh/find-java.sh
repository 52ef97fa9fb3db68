# Finds a Java of at least a given version. Sourced by bin/narwhal and by the launcher of the source tree; POSIX sh.
#
#   find_java MIN TOOL    sets java_home to the first home that has bin/TOOL ("java" or "javac") and is recent enough, or
#                         says on one line what was found and what to do, and exits.
#
# Order: NARWHAL_JAVA_HOME (an order: a wrong one is refused), JAVA_HOME and PATH (hints: passed over when too old), then
# the usual places, of which the oldest version that is recent enough is taken. The version is read from the home's
# "release" file by the shell itself: to ask a java takes longer than all the rest of a start.

# Sets java_version ("25.0.3") and java_major (25) of the home $1; fails if it is none.
java_release() {
    java_version='' java_major=''
    [ -n "$1" ] && [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
    while IFS= read -r java_line || [ -n "$java_line" ]; do
        case $java_line in
            JAVA_VERSION=*)
                java_version=${java_line#JAVA_VERSION=}
                java_version=${java_version#\"}
                java_version=${java_version%\"*}
                java_major=${java_version%%[!0-9]*}
                break
                ;;
        esac
    done <"$1/release"
    [ -n "$java_major" ]
}

# Whether the home $1 is at least version $2 and has bin/$3. The newest that is too old is kept for the message.
java_suits() {
    java_release "$1" || return 1
    if [ "$java_major" -lt "$2" ]; then
        if [ "$java_major" -gt "$java_seen_major" ]; then
            java_seen_major=$java_major
            java_seen="java $java_version at $1"
        fi
        return 1
    fi
    [ -x "$1/bin/$3" ] && return 0
    java_seen_major=$java_major
    java_seen="java $java_version without $3 at $1"
    return 1
}

# Sets java_home to the home of the java on PATH. Most are links into a home; the shims of version managers are not, and
# only these are asked.
java_on_path() {
    java_home=
    java_command=$(command -v java) || return 1
    java_link=$(readlink -f "$java_command") || return 1
    java_home=${java_link%/bin/java}
    [ -r "$java_home/release" ] && return 0
    java_home=$("$java_command" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
    [ -n "$java_home" ]
}

find_java() {
    java_seen_major=0 java_seen=''
    if [ -n "${NARWHAL_JAVA_HOME:-}" ]; then
        java_home=${NARWHAL_JAVA_HOME%/}
        java_suits "$java_home" "$1" "$2" && return 0
        echo "narwhal: NARWHAL_JAVA_HOME=$NARWHAL_JAVA_HOME: not a JDK $1 or newer (found ${java_seen:-none})." \
            "Correct it, or unset it to have one looked for." >&2
        exit 2
    fi
    java_home=${JAVA_HOME:-}
    java_home=${java_home%/}
    java_suits "$java_home" "$1" "$2" && return 0
    java_on_path && java_suits "$java_home" "$1" "$2" && return 0

    java_best='' java_best_major=''
    for java_home in /usr/lib/jvm/* /usr/java/* /opt/*jdk* /opt/java/* "${HOME:-/nonexistent}"/.sdkman/candidates/java/* \
        "${HOME:-/nonexistent}"/.jdks/*; do
        java_suits "$java_home" "$1" "$2" || continue
        if [ -z "$java_best" ] || [ "$java_major" -lt "$java_best_major" ]; then
            java_best=$java_home java_best_major=$java_major
        fi
    done
    java_home=$java_best
    [ -n "$java_home" ] && return 0
    echo "narwhal: needs a JDK $1 or newer; found ${java_seen:-no java}." \
        "Install one (apt-get install openjdk-$1-jdk-headless, or https://adoptium.net) or set JAVA_HOME." >&2
    exit 5
}
