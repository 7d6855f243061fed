# shellcheck shell=bash
# shellcheck disable=SC2034  # variables are read by the other files
# A cluster with nodes lives in namespaces of its own (network, mounts, processes), held by one process: lib/node-init.
# When that process dies the kernel ends every process in there, and with them go the mounts, the iptables rules and
# both ends of the link. On the machine itself only the link's outer end and three routes are ever visible.
#
# Network N takes 198.18.4N.0/22 of the range that is reserved for benchmarks (RFC 2544), used by no real network:
#   198.18.4N.0/24    the link: .1 is this machine, .2 is the node, the API server and the DNS server
#   198.18.4N+1.0/24  pods
#   198.18.4N+2.0/24  services

# take_network CLUSTER: sets NETWORK to a number that nobody uses.
take_network() {
  local dir taken
  dir=$(state_dir "$1")
  lock 7 "$STATE_ROOT/.networks.lock"
  taken=$(cat /dev/null "$STATE_ROOT"/*/network)
  # The last block is the one that clusters without nodes name (lifecycle.sh).
  for NETWORK in {0..62}; do
    grep -qx "$NETWORK" <<<"$taken" && continue
    [[ -z "$(ip route show root "198.18.$((NETWORK * 4)).0/22")" && ! -e /sys/class/net/$(link_name) ]] || continue
    echo "$NETWORK" >"$dir/network"
    unlock 7
    set_addresses
    return
  done
  die "all 63 networks for clusters are in use"
}

link_name() { printf 'messenger%s\n' "$NETWORK"; }

set_addresses() {
  local base="198.18"
  HOST_ADDRESS=$base.$((NETWORK * 4)).1
  NODE_ADDRESS=$base.$((NETWORK * 4)).2
  DNS_ADDRESS=$NODE_ADDRESS
  POD_CIDR=$base.$((NETWORK * 4 + 1)).0/24
  SERVICE_CIDR=$base.$((NETWORK * 4 + 2)).0/24
  API_ADDRESS=$NODE_ADDRESS API_PORT=6443 ETCD_PORT=2379
  API_NAMES="IP:$NODE_ADDRESS,IP:$base.$((NETWORK * 4 + 2)).1,DNS:kubernetes,DNS:kubernetes.default"
  API_NAMES+=",DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local"
}

# start_namespaces CLUSTER: sets RUN, the prefix that runs a command inside.
start_namespaces() {
  local name=$1 dir init
  dir=$(state_dir "$name")
  printf 'nameserver %s\n' "$DNS_ADDRESS" >"$dir/resolv.conf"
  start_process "$name" namespaces unshare --net --mount --pid --fork --kill-child --propagation private \
    "$CLUSTER_LIB/node-init" "$dir"
  wait_until 10 test -s "$dir/init-pid" || { show_log "$dir/logs/namespaces.log"; return 1; }
  init=$(cat "$dir/init-pid")
  record_process "$dir" init "$init"
  enter_namespaces "$name"
  connect "$init"
}

enter_namespaces() {
  local dir init
  dir=$(state_dir "$1")
  read -r init _ <"$dir/pids/init"
  RUN=(nsenter --target "$init" --net --mount --pid -- env "PATH=$(node_path "$dir")")
}

connect() {
  local link
  link=$(link_name)
  ip link add "$link" type veth peer name eth0 netns "$1"
  ip address add "$HOST_ADDRESS/24" dev "$link"
  ip link set "$link" up
  "${RUN[@]}" ip address add "$NODE_ADDRESS/24" dev eth0
  "${RUN[@]}" ip link set eth0 up
  # Refused at once, not lost: the kubelet asks three clouds' metadata services whether it runs there.
  "${RUN[@]}" ip route add unreachable default
  ip route add "$POD_CIDR" via "$NODE_ADDRESS"
  ip route add "$SERVICE_CIDR" via "$NODE_ADDRESS"
}

# The kernel removes the link with the namespace, a moment later.
disconnect() {
  [[ -f $(state_dir "$1")/network ]] || return 0
  NETWORK=$(cat "$(state_dir "$1")/network")
  if [[ -e /sys/class/net/$(link_name) ]]; then
    ip link delete "$(link_name)" 2>/dev/null || true
  fi
}
