# shellcheck shell=bash
# shellcheck disable=SC2034  # variables are read by the other files
# Where Kubernetes' programs come from, first match wins: KUBEBUILDER_ASSETS, the cache, the upstream release,
# Debian's source package.

CONTROL_PLANE_BINARIES=(kube-apiserver kube-controller-manager kubectl)
ALL_BINARIES=("${CONTROL_PLANE_BINARIES[@]}" kube-scheduler kubelet kube-proxy)

BINARIES=   # the directory that ensure_binaries found
ETCD=       # the etcd program

# ensure_binaries [--control-plane-only]
ensure_binaries() {
  local needed=("${ALL_BINARIES[@]}") cache="$CACHE_ROOT/kubernetes-$KUBERNETES_VERSION"
  [[ ${1:-} != --control-plane-only ]] || needed=("${CONTROL_PLANE_BINARIES[@]}")

  if use_kubebuilder_assets "${1:-}"; then
    return
  fi
  if ! has_binaries "$cache" "${needed[@]}"; then
    lock 9 "$CACHE_ROOT/.lock"
    # Another run may have made them while this one waited.
    has_binaries "$cache" "${ALL_BINARIES[@]}" || download_release "$cache" || build_from_source "$cache"
    unlock 9
  fi
  BINARIES=$cache
  ensure_etcd
}

# envtest's three programs are enough for a control plane; a node needs more than they are.
use_kubebuilder_assets() {
  local assets=${KUBEBUILDER_ASSETS:-}
  [[ -n $assets ]] || return 1
  if [[ ${1:-} != --control-plane-only ]]; then
    has_binaries "$assets" "${ALL_BINARIES[@]}" etcd && BINARIES=$assets ETCD=$assets/etcd && return
    say "KUBEBUILDER_ASSETS=$assets has no kubelet; a cluster with nodes takes its programs elsewhere"
    return 1
  fi
  has_binaries "$assets" kube-apiserver kubectl etcd ||
    die "KUBEBUILDER_ASSETS=$assets lacks kube-apiserver, kubectl or etcd; mend it or unset it"
  BINARIES=$assets ETCD=$assets/etcd
  [[ -x $assets/kube-controller-manager ]] ||
    say "KUBEBUILDER_ASSETS has no kube-controller-manager: namespaces are not emptied, owned objects not collected"
}

has_binaries() {
  local dir=$1 binary
  shift
  for binary in "$@"; do [[ -x $dir/$binary ]] || return 1; done
}

ensure_etcd() {
  lock 9 "$CACHE_ROOT/.lock"
  ETCD=$(debian_program etcd etcd-server /usr/bin/etcd)
  unlock 9
}

architecture() {
  case $(uname -m) in
    x86_64) echo amd64 ;;
    aarch64) echo arm64 ;;
    *) uname -m ;;
  esac
}

# download_release DIR: fails, with one line, when the release site can't be reached.
download_release() {
  local dir=$1 architecture sum archive url
  architecture=$(architecture)
  sum=${KUBERNETES_SERVER_SHA512[$architecture]:-}
  [[ -n $sum ]] || { say "no checksum is pinned for $architecture; not downloading Kubernetes"; return 1; }
  archive="$CACHE_ROOT/kubernetes-server-$KUBERNETES_VERSION.tar.gz.part"
  url="$KUBERNETES_RELEASE_SITE/v$KUBERNETES_VERSION/kubernetes-server-linux-$architecture.tar.gz"

  command -v curl >/dev/null || { say "no curl here; not downloading Kubernetes"; return 1; }
  if ! timeout 5 curl --silent --fail --location --head --output /dev/null --connect-timeout 4 "$url"; then
    say "the Kubernetes release site can't be reached from here; going on without it"
    return 1
  fi
  say "downloading Kubernetes $KUBERNETES_VERSION (about 300 MB)"
  if ! curl --fail --location --progress-bar --connect-timeout 4 --speed-limit 1024 --speed-time 20 \
    --output "$archive" "$url" >&2; then
    rm -f "$archive"
    say "the download of Kubernetes broke off; going on without it"
    return 1
  fi
  sha512sum --check --status <<<"$sum  $archive" || {
    rm -f "$archive"
    die "the checksum of $url is not the pinned one; nothing of it was used"
  }
  rm -rf "$dir.part"
  mkdir -p "$dir.part"
  tar -xzf "$archive" -C "$dir.part" --strip-components=3 "${ALL_BINARIES[@]/#/kubernetes/server/bin/}" ||
    die "unpacking $archive failed"
  rm -rf "$archive" "$dir"
  mv "$dir.part" "$dir"
}

# binary_minor BINARY: the minor version it was built from, such as 20.
binary_minor() {
  local version
  version=$("$1" --version)
  version=${version#*v1.}
  printf '%s\n' "${version%%.*}"
}
