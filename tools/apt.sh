# Read by what fetches from Debian: rights, the log, and package sources beside the system's own.

# 12 or 13 on a Debian we know how to set up, empty elsewhere.
debian=$(sed -n 's/^VERSION_ID="\{0,1\}\(1[23]\)"\{0,1\}$/\1/p' /etc/os-release 2>/dev/null || true)
grep -qs '^ID=debian$' /etc/os-release || debian=""

log=$root/build/deps/setup.log
quietly() { mkdir -p "${log%/*}"; "$@" >> "$log" 2>&1; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    else sudo -- "$@"; fi
}

# Backports and newer releases' sources are read through a configuration of our own; the system's sources stay as they are.
apt_extra() { # sets apt_options
    local dir=$root/build/deps/apt
    local mirror name=bookworm
    [ "$debian" = 12 ] || name=trixie
    # shellcheck disable=SC2016 # apt-get itself reads these names
    mirror=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE)' 'Created-By: Packages' 2>/dev/null |
        awk -v name=$name '$2 == name || $2 == "stable" || $2 == "oldstable" {print $1; exit}')
    [ -n "$mirror" ] ||
        die "no Debian $debian mirror is configured in the system's package sources, so what is newer cannot be found."
    mkdir -p "$dir/lists/partial" "$dir/cache/archives/partial"
    local by=""
    [ -r /usr/share/keyrings/debian-archive-keyring.gpg ] && by="[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] "
    printf 'deb %s%s %s main\ndeb %s%s %s-backports main\n' "$by" "$mirror" $name "$by" "$mirror" $name > "$dir/sources.list"
    printf 'deb-src %s%s %s main\n' "$by" "$mirror" trixie "$by" "$mirror" testing >> "$dir/sources.list"
    apt_options=(-q -o "Dir::Etc::SourceList=$dir/sources.list" -o Dir::Etc::SourceParts=- -o "Dir::State::Lists=$dir/lists"
        -o "Dir::Cache=$dir/cache" -o APT::Sandbox::User=root -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)
}
