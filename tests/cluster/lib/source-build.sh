# shellcheck shell=bash
# Kubernetes from Debian's own source package, for machines that reach a Debian mirror and nothing else.

# build_from_source DIR
build_from_source() {
  local dir=$1 work
  command -v apt-get >/dev/null ||
    die "no Kubernetes $KUBERNETES_VERSION: the release site is out of reach and this is not Debian. Set KUBEBUILDER_ASSETS"
  say "building Kubernetes $KUBERNETES_VERSION from Debian's source package: takes about 10 minutes, once"
  install_packages golang-go rsync jq make gcc libc6-dev golang-github-modern-go-reflect2-dev
  work="$CACHE_ROOT/build"
  rm -rf "$work"
  mkdir -p "$work"
  # A process of its own: errexit is off in whatever a caller tests with || or if.
  "$CLUSTER_SCRIPT" run-build "$work" >"$work/log" 2>&1 7>&- 8>&- 9>&- &
  if ! show_build_progress "$work" $!; then
    show_log "$work/log"
    die "the build of Kubernetes failed"
  fi
  rm -rf "$dir"
  mv "$work/out" "$dir"
  # Go makes its module cache read-only.
  chmod -R u+w "$work"
  rm -rf "$work"
}

show_build_progress() {
  local work=$1 pid=$2 begun=$SECONDS said=0 stage last=
  while kill -0 "$pid" 2>/dev/null; do
    sleep 1
    stage=$(cat "$work/stage" 2>/dev/null || echo starting)
    if [[ $stage != "$last" ]] || ((SECONDS - said >= 15)); then
      say "$(printf '  %2d min %02d s  %s' $(((SECONDS - begun) / 60)) $(((SECONDS - begun) % 60)) "$stage")"
      said=$SECONDS last=$stage
    fi
  done
  wait "$pid"
}

run_build() {
  set -x
  cd "$1" || return
  echo "fetching the source (34 MB)" >stage
  fetch_source
  echo "unpacking" >stage
  # In module mode Go 1.19 refuses this tree; as a GOPATH it builds.
  export GOPATH=$PWD/gopath GOCACHE=$PWD/gocache GO111MODULE=off GOFLAGS='' CGO_ENABLED=0
  local tree=gopath/src/k8s.io/kubernetes binary
  mkdir -p "$tree"
  tar -xf kubernetes_*.orig.tar.* -C "$tree" --strip-components=1
  use_debians_reflect2 "$tree/vendor/github.com/modern-go/reflect2"

  echo "generating code (1 of 7)" >stage
  export KUBE_GIT_VERSION="v$KUBERNETES_VERSION" KUBE_GIT_MAJOR="${KUBERNETES_VERSION%%.*}" KUBE_GIT_MINOR
  KUBE_GIT_MINOR=$(cut -d. -f2 <<<"$KUBERNETES_VERSION")
  export KUBE_GIT_COMMIT="v$KUBERNETES_VERSION" KUBE_GIT_TREE_STATE=archive
  make -C "$tree" generated_files

  mkdir out
  local number=2
  for binary in "${ALL_BINARIES[@]}"; do
    echo "compiling $binary ($number of 7)" >stage
    (cd "$tree" && go build -trimpath -ldflags "$(version_flags)" -o "$OLDPWD/out/$binary" "./cmd/$binary")
    number=$((number + 1))
  done
}

# The tree's own reflect2 (1.0.1) calls the runtime's map iterator as it was before Go 1.18: the API server then dies with
# "unexpected fault address" on the first custom resource. Debian's 1.0.2 knows both.
use_debians_reflect2() {
  rm -f "$1"/*.go "$1"/*.s
  cp /usr/share/gocode/src/github.com/modern-go/reflect2/*.{go,s} "$1"
}

# The source comes with the mirror that the machine uses already, through a list of sources of its own.
fetch_source() {
  local uri options
  # shellcheck disable=SC2016  # apt fills in the names
  uri=$(apt-get indextargets 'Created-By: Packages' --format '$(REPO_URI) $(ORIGIN) $(COMPONENT) $(CODENAME)' |
    awk -v suite="$KUBERNETES_SOURCE_SUITE" '$2 == "Debian" && $3 == "main" && $4 !~ /-/ {
      if ($4 == suite || !uri) uri = $1 } END { print uri }')
  [[ -n $uri ]] || { echo "apt has no Debian mirror configured"; return 1; }
  mkdir -p apt/lists/partial
  echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $uri $KUBERNETES_SOURCE_SUITE main" >apt/list
  options=(-o "Dir::Etc::sourcelist=$PWD/apt/list" -o Dir::Etc::sourceparts=- -o "Dir::State::Lists=$PWD/apt/lists"
    -o APT::Sandbox::User=root)
  apt-get "${options[@]}" update
  apt-get "${options[@]}" source --download-only kubernetes
}

# Without these the server says v0.0.0-master.
version_flags() {
  local package flags='-s -w'
  for package in component-base/version client-go/pkg/version; do
    package="k8s.io/kubernetes/vendor/k8s.io/$package"
    flags+=" -X $package.gitVersion=$KUBE_GIT_VERSION -X $package.gitMajor=$KUBE_GIT_MAJOR"
    flags+=" -X $package.gitMinor=$KUBE_GIT_MINOR -X $package.gitTreeState=$KUBE_GIT_TREE_STATE"
  done
  printf '%s\n' "$flags"
}
