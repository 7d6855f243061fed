# shellcheck shell=bash
# shellcheck disable=SC2154  # variables are shared with the other files
# The node: containerd, kubelet, kube-proxy. And the scheduler, which only a cluster with a node needs.

PAUSE_IMAGE=docker.io/messenger-operator/pause:1

ensure_node_prerequisites() {
  ((EUID == 0)) || die "a cluster with a node needs root; --control-plane-only does not"
  install_packages iproute2 iptables conntrack dnsmasq-base util-linux jq openssl
  lock 9 "$CACHE_ROOT/.lock"
  local package
  for package in containerd runc containernetworking-plugins; do
    [[ -d $CACHE_ROOT/debian/$package ]] || unpack_packages "$CACHE_ROOT/debian/$package" "$package"
  done
  ensure_pause_image
  unlock 9
}

# Unpacked, not installed: a container engine that the machine has may conflict with these packages.
node_path() {
  printf '%s/bin:%s/containerd/usr/bin:%s/runc/usr/sbin:/usr/sbin:/usr/bin:/sbin:/bin\n' \
    "$1" "$CACHE_ROOT/debian" "$CACHE_ROOT/debian"
}

# What holds a pod's namespaces open. Any static program that sleeps will do.
ensure_pause_image() {
  [[ ! -f $CACHE_ROOT/pause.tar ]] || return 0
  [[ -d $CACHE_ROOT/debian/busybox-static ]] || unpack_packages "$CACHE_ROOT/debian/busybox-static" busybox-static
  "$CLUSTER_ROOT/image" build --name "$PAUSE_IMAGE" --add "$CACHE_ROOT/debian/busybox-static/bin/busybox:/bin/sleep" \
    --entrypoint /bin/sleep --arg 2147483647 --output "$CACHE_ROOT/pause.tar.part"
  mv "$CACHE_ROOT/pause.tar.part" "$CACHE_ROOT/pause.tar"
}

# start_full CLUSTER CRDS
start_full() {
  local name=$1 dir
  dir=$(state_dir "$name")
  take_network "$name"
  start_namespaces "$name"
  start_containerd "$name"
  start_api "$name"
  # The kubelet needs the API later than it starts: it waits 5 s for a docker that is not there.
  start_kubelet "$name"
  load_image "$name" "$CACHE_ROOT/pause.tar"
  finish_control_plane "$name" "$2" || return 1
  start_scheduler "$name"
  add_dns_records "$name" "${dns_records[@]}"
  start_dns "$name"
  start_kube_proxy "$name"
  wait_for_node "$name"
}

start_containerd() {
  local name=$1 dir
  dir=$(state_dir "$name")
  mkdir -p "$dir/cni"
  cat >"$dir/containerd.toml" <<TOML
version = 2
root = "$dir/containerd"
state = "/run/containerd"
disabled_plugins = ["io.containerd.internal.v1.opt", "io.containerd.snapshotter.v1.aufs",
  "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs"]
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "$PAUSE_IMAGE"
  # Without CAP_SYS_RESOURCE no score may be lowered, and runc fails with "can't get final child's PID from pipe".
  restrict_oom_score_adj = true
[plugins."io.containerd.grpc.v1.cri".cni]
  bin_dir = "$CACHE_ROOT/debian/containernetworking-plugins/usr/lib/cni"
  conf_dir = "$dir/cni"
TOML
  # Routed links, no bridge: Services work between pods without the kernel's br_netfilter.
  jq --null-input --arg subnet "$POD_CIDR" '{
    cniVersion: "0.4.0", name: "pods", plugins: [
      {type: "ptp", ipMasq: false, ipam: {type: "host-local", ranges: [[{subnet: $subnet}]], routes: [{dst: "0.0.0.0/0"}]}},
      {type: "portmap", capabilities: {portMappings: true}}
    ]}' >"$dir/cni/pods.conflist"
  start_process "$name" containerd "${RUN[@]}" containerd --config "$dir/containerd.toml"
}

containerd_client() { "${RUN[@]}" ctr --namespace k8s.io "$@"; }

# load_image CLUSTER FILE. The file is handed over as a stream: the cluster may not see where it lies.
load_image() {
  [[ -f $2 ]] || die "there is no image file $2"
  [[ -f $(state_dir "$1")/network ]] || die "cluster $1 has no node to load an image on"
  enter_namespaces "$1"
  wait_until 20 containerd_client version || { require_running "$1" containerd; return 1; }
  containerd_client images import - <"$2" >&2 || die "containerd refused $2"
}

start_scheduler() {
  local name=$1 extra=()
  (($(binary_minor "$BINARIES/kube-scheduler") >= 24)) || extra+=(--port=0)
  start_process "$name" kube-scheduler "${RUN[@]}" "$BINARIES/kube-scheduler" \
    --kubeconfig="$(state_dir "$name")/kubeconfig" --leader-elect=false --secure-port=0 --profiling=false "${extra[@]}"
}

start_kubelet() {
  local name=$1 dir extra=()
  dir=$(state_dir "$name")
  make_cgroups "$name"
  sign "$dir/pki" kubelet /O=system:nodes/CN=system:node:node clientAuth
  write_kubeconfig "$dir/pki" kubelet "https://$API_ADDRESS:$API_PORT" "$dir/kubelet-kubeconfig"
  # Its root directory is the usual one, which is the cluster's own in there (node-init).
  cat >"$dir/kubelet.yaml" <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $dir/pki/ca.crt}}
authorization: {mode: Webhook}
cgroupDriver: cgroupfs
cgroupRoot: /$(cgroup_name "$name")
clusterDNS: [$DNS_ADDRESS]
clusterDomain: cluster.local
resolvConf: $dir/resolv.conf
failSwapOn: false
enforceNodeAllocatable: []
# A full disk is no reason to evict on a machine that is not only a node.
evictionHard: {nodefs.available: "0%", nodefs.inodesFree: "0%", imagefs.available: "0%"}
imageGCHighThresholdPercent: 100
volumePluginDir: $dir/volume-plugins
readOnlyPort: 0
# Seen ready a second after it is; without changes it reports as seldom as usual.
nodeStatusUpdateFrequency: 1s
nodeStatusReportFrequency: 5m
YAML
  (($(binary_minor "$BINARIES/kubelet") >= 24)) || extra+=(--container-runtime=remote)
  start_process "$name" kubelet "${RUN[@]}" "$BINARIES/kubelet" --config="$dir/kubelet.yaml" \
    --kubeconfig="$dir/kubelet-kubeconfig" --hostname-override=node --node-ip="$NODE_ADDRESS" \
    --container-runtime-endpoint=unix:///run/containerd/containerd.sock "${extra[@]}"
}

# The machine-wide conntrack table is left as it is.
start_kube_proxy() {
  start_process "$1" kube-proxy "${RUN[@]}" "$BINARIES/kube-proxy" --kubeconfig="$(state_dir "$1")/kubeconfig" \
    --hostname-override=node --proxy-mode=iptables --cluster-cidr="$POD_CIDR" --conntrack-max-per-core=0 \
    --iptables-min-sync-period=100ms
}

wait_for_node() {
  local name=$1 deadline=$((SECONDS + 180)) part
  until kubectl_of "$name" get node node -o json 2>/dev/null |
    jq --exit-status '(.spec.taints | not) and any(.status.conditions[]; .type == "Ready" and .status == "True")' >/dev/null; do
    require_running "$name" containerd kubelet kube-proxy kube-scheduler || return 1
    if ((SECONDS >= deadline)); then
      say "the node of cluster $name is not ready after 180 s"
      for part in kubelet containerd; do show_log "$(state_dir "$name")/logs/$part.log"; done
      return 1
    fi
    sleep 0.2
  done
  wait_until 30 grep -qs kubernetes.default "$(state_dir "$name")/dns/services" || true
  require_running "$name" kube-proxy dns
}

# What the namespaces do not take with them when they end.
remove_node() {
  local dir place
  dir=$(state_dir "$1")
  [[ -f $dir/network ]] || return 0
  disconnect "$1"
  remove_cgroups "$1"
  rm -f "$dir/network"
  # Directories that node-init had to make. Another cluster may have mounted its own there: the last one clears up.
  lock 7 "$STATE_ROOT/.networks.lock"
  if [[ -z "$(echo "$STATE_ROOT"/*/network)" && -f $STATE_ROOT/.made-directories ]]; then
    while read -r place; do rmdir "$place" 2>/dev/null || true; done <"$STATE_ROOT/.made-directories"
    rm -f "$STATE_ROOT/.made-directories"
  fi
  unlock 7
}
