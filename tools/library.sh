# Read by what builds a library that the system lacks from a newer Debian's source package, static, into build/deps/NAME. apt
# verifies the package when it is fetched. It stays in build/deps/source, so that no network is needed to build it anew; whoever
# deletes it there gets the newest.
. tools/apt.sh

# Hardened as our own code is (.cmake/options.cmake).
hardened="-O2 -g1 -fPIC -fstack-protector-strong -fstack-clash-protection -ftrivial-auto-var-init=pattern -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3"

# Built where it lies and with these flags: other flags or another place, and it is built anew.
is_built() { # directory flags
    [ "$(cat "$1/.made" 2>/dev/null)" = "$1 $2" ]
}

fetch_source() { # package suite
    local kept=$root/build/deps/source/$1
    compgen -G "$kept/*.dsc" > /dev/null && return
    rm -rf "$kept" "$kept.part"
    mkdir -p "$kept.part"
    # One at a time: apt writes its lists.
    (flock 9 && apt_extra && quietly apt-get "${apt_options[@]}" update && cd "$kept.part" &&
        quietly apt-get "${apt_options[@]}" source --download-only "$1/$2") 9> "$root/build/deps/apt.lock" && mv "$kept.part" "$kept"
}

# Unpacks a fetched package, its checksums verified, and builds it there with a function of the caller's.
build_source() { # package directory flags function
    local work=$root/build/deps/unpacked/$1
    rm -rf "$work" "$2"
    mkdir -p "$work"
    quietly dpkg-source -x "$root/build/deps/source/$1"/*.dsc "$work/$1" && (cd "$work/$1" && "$4") &&
        printf %s "$2 $3" > "$2/.made" && rm -rf "$work"
}
