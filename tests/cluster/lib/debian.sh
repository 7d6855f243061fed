# shellcheck shell=bash
# Debian packages. Two ways: unpacked into the cache (no service is started, nothing on the machine changes, and a
# container engine that is already there is left alone), or installed, where a program works from its own place only.

apt_updated=

update_package_lists() {
  [[ -z $apt_updated ]] || return 0
  apt_updated=yes
  command -v apt-get >/dev/null || die "this machine has no apt-get; put the missing programs on PATH: $*"
  say "reading Debian's package lists (apt-get update)"
  # A third party's list that does not answer is no reason to stop: what is missing is said when it is asked for.
  as_root apt-get update -qq >/dev/null 2>&1 || true
}

# install_packages PACKAGE...: installs those that are missing.
install_packages() {
  local missing=() package
  for package in "$@"; do
    [[ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" == installed ]] || missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  update_package_lists "${missing[@]}"
  say "installing Debian packages: ${missing[*]}"
  local output
  output=$(as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    "${missing[@]}" 2>&1) || die "apt-get install ${missing[*]} failed: $(tail -n 5 <<<"$output")"
}

# unpack_packages DIR PACKAGE...: the packages' files below DIR.
unpack_packages() {
  local dir=$1 downloads package
  shift
  downloads=$(mktemp -d)
  say "fetching Debian packages: $*"
  if ! (cd "$downloads" && apt-get download -qq -o APT::Sandbox::User=root "$@") >"$downloads/log" 2>&1; then
    # No lists yet, or lists that are older than the mirror and name files that are no longer there.
    update_package_lists "$@"
    (cd "$downloads" && apt-get download -qq -o APT::Sandbox::User=root "$@") >"$downloads/log" 2>&1 ||
      die "apt-get download $* failed: $(tail -n 5 "$downloads/log")"
  fi
  mkdir -p "$dir"
  for package in "$downloads"/*.deb; do dpkg -x "$package" "$dir"; done
  rm -rf "$downloads"
}

# debian_program PROGRAM PACKAGE FILE: PROGRAM from PATH, or FILE of PACKAGE in the cache; prints its path.
debian_program() {
  local cached="$CACHE_ROOT/debian/$2$3"
  if [[ ! -x $cached ]]; then
    if command -v "$1"; then return; fi
    unpack_packages "$CACHE_ROOT/debian/$2" "$2"
  fi
  printf '%s\n' "$cached"
}
