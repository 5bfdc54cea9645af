# Read first by every script here: where the sources are, how to speak, how to build, where to draw.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck disable=SC2034 # for those who read this file
root=$PWD
export LC_ALL=C.UTF-8

say() { printf '%s\n' "$*"; }
step() { printf '\n\033[1m== %s\033[0m\n' "$*"; }
die() { printf 'dev: %s\n' "$*" >&2; exit 1; }

configure() { # preset
    [ -f "build/$1/build.ninja" ] || cmake --preset "$1" > "build/$1.configure.log" 2>&1 ||
        { cat "build/$1.configure.log" >&2; die "configuring '$1' failed."; }
}

build() { # preset [target …]
    local preset=$1
    shift
    configure "$preset"
    cmake --build "build/$preset" "${@/#/--target=}"
}

in_display() { # runs a command in the display that is there, else in a virtual one with software GL
    if [ -n "${DISPLAY:-}" ] && [ -z "${AMPARO_VIRTUAL:-}" ]; then "$@"
    else LIBGL_ALWAYS_SOFTWARE=1 xvfb-run -a -s "-screen 0 2000x1400x24" "$@"; fi
}
