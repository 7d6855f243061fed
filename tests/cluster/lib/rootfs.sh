# shellcheck shell=bash
# A root file system of a few Debian packages, without a package manager or a shell in it.

ROOTFS_PACKAGES=(libc6 libgcc-s1 libstdc++6 zlib1g libssl3 ca-certificates tzdata)

image_rootfs() {
  local destination=${1:-} packages versions cached
  [[ -n $destination ]] || usage
  shift
  packages=("${ROOTFS_PACKAGES[@]}" "$@")
  versions=$(package_files "${packages[@]}")
  cached="$CACHE_ROOT/rootfs-$(sha256sum "${BASH_SOURCE[0]}" - <<<"$versions" | sha256sum | cut -c1-16)"
  lock 9 "$CACHE_ROOT/.lock"
  if [[ ! -d $cached ]]; then
    # What a run left that broke off.
    rm -rf "$CACHE_ROOT"/rootfs-*.part
    unpack_packages "$cached.part" "${packages[@]}"
    trim_rootfs "$cached.part"
    write_accounts "$cached.part"
    write_certificate_bundle "$cached.part"
    mv "$cached.part" "$cached"
  fi
  unlock 9
  mkdir -p "$destination"
  cp -a "$cached/." "$destination/"
  say "root file system: $destination ($(du -sh "$destination" | cut -f1))"
}

# The files' names hold the packages' versions.
package_files() {
  local uris
  if ! uris=$(apt-get download --print-uris "$@" 2>/dev/null); then
    update_package_lists "$@"
    uris=$(apt-get download --print-uris "$@") || die "these packages are not all known to apt: $*"
  fi
  awk '{ print $2 }' <<<"$uris"
}

trim_rootfs() {
  local root=$1
  rm -rf "$root"/usr/share/{doc,man,locale,info,lintian,bash-completion,gcc,gdb} "$root"/usr/share/zoneinfo/{right,posix} \
    "$root"/usr/lib/*/{gconv,audit,perl*} "${root:?}"/usr/{bin,sbin} "${root:?}"/{bin,sbin} "$root"/etc/{ca-certificates,init.d}
}

write_accounts() {
  local root=$1
  mkdir -p "$root"/{etc,tmp,home/nonroot,proc,sys,dev,run,var}
  chmod 1777 "$root/tmp"
  cat >"$root/etc/passwd" <<'TEXT'
root:x:0:0:root:/root:/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin
nonroot:x:65532:65532:nonroot:/home/nonroot:/sbin/nologin
TEXT
  cat >"$root/etc/group" <<'TEXT'
root:x:0:
nogroup:x:65534:
nonroot:x:65532:
TEXT
  printf 'hosts: files dns\n' >"$root/etc/nsswitch.conf"
  printf 'PRETTY_NAME="Debian packages"\nID=debian\n' >"$root/etc/os-release"
}

# What update-ca-certificates would do, without running anything inside. libssl looks below /usr/lib/ssl.
write_certificate_bundle() {
  local root=$1
  mkdir -p "$root/etc/ssl/certs" "$root/usr/lib/ssl"
  awk 1 "$root"/usr/share/ca-certificates/mozilla/*.crt >"$root/etc/ssl/certs/ca-certificates.crt"
  rm -rf "$root/usr/share/ca-certificates"
  ln -s /etc/ssl/certs "$root/usr/lib/ssl/certs"
  ln -s /etc/ssl/certs/ca-certificates.crt "$root/usr/lib/ssl/cert.pem"
}
