# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154  # variables are shared with the other files
# up, down and status of one cluster. A cluster is its state directory: pids, logs, keys, kubeconfig, and the file
# "ready", which appears last and holds the cluster's mode.

# up CLUSTER MODE PARENT-PID CRDS
up() {
  local name=$1 mode=$2 parent=$3 crds=$4 dir
  dir=$(state_dir "$name")
  [[ ! -e $STATE_ROOT || -O $STATE_ROOT ]] || die "$STATE_ROOT belongs to somebody else; set TMPDIR"
  lock 8 "$STATE_ROOT/.$name.lock"
  if is_healthy "$name"; then
    [[ "$(cat "$dir/ready")" == "$mode" ]] ||
      die "cluster $name is running as $(cat "$dir/ready"); take it down first or choose another --name"
    say "cluster $name is already running"
    [[ -z $crds ]] || install_crds "$name" "$crds"
    [[ $mode == control-plane ]] || reuse_full "$name"
    return
  fi
  if [[ -d $dir ]]; then
    say "removing what an earlier run of cluster $name left"
    take_down "$name"
  fi
  local begun=$SECONDS
  mkdir -p "$dir/logs" "$dir/pids"
  trap 'abandon "$name"' EXIT
  [[ -z $parent ]] || start_watchdog "$name" "$parent"
  if [[ $mode == control-plane ]]; then
    ensure_binaries --control-plane-only
    ln -sfn "$BINARIES" "$dir/bin"
    start_control_plane_only "$name" "$crds"
  else
    ensure_node_prerequisites
    ensure_binaries
    ln -sfn "$BINARIES" "$dir/bin"
    start_full "$name" "$crds"
  fi
  write_environment "$name" >"$dir/environment"
  printf '%s\n' "$mode" >"$dir/ready"
  trap - EXIT
  say "cluster $name is up ($((SECONDS - begun)) s)"
}

# Records named on the command line are added to a running cluster too.
reuse_full() {
  NETWORK=$(cat "$(state_dir "$1")/network")
  set_addresses
  add_dns_records "$1" "${dns_records[@]}"
}

# A start that failed leaves no process, but its logs.
abandon() {
  trap - EXIT
  kill_recorded "$1"
  remove_node "$1"
  rm -rf "$(etcd_data_dir "$1")" "$(state_dir "$1")/ports"
  if rmdir "$(state_dir "$1")/logs" 2>/dev/null; then
    rm -rf --one-file-system "$(state_dir "$1")"
    remove_lock_files "$1"
  else
    say "cluster $1 did not start; its logs are in $(state_dir "$1")/logs"
  fi
  exit 1
}

# Another program may take a port between the choice and its use: then others are chosen.
start_control_plane_only() {
  local name=$1 attempt
  for attempt in 1 2 3; do
    take_ports "$name" 2
    RUN=()
    # Nothing leads to these ClusterIPs, so there may be many: a test run makes Services by the hundred and a full range answers 500.
    API_ADDRESS=127.0.0.1 API_PORT=${PORTS[0]} ETCD_PORT=${PORTS[1]} SERVICE_CIDR=198.19.0.0/16
    API_NAMES=IP:127.0.0.1,DNS:localhost,DNS:kubernetes.default.svc
    start_api "$name"
    finish_control_plane "$name" "$2" && return
    ((attempt < 3)) || break
    grep -qs 'address already in use' /dev/null "$(state_dir "$name")"/logs/*.log || break
    say "a port was taken by another program; choosing others"
    kill_recorded "$name"
    rm -f "$(state_dir "$name")"/logs/*.log
  done
  return 1
}

# What a script that uses the cluster wants to know. Only a cluster with nodes has names and addresses of its own.
write_environment() {
  local dir
  dir=$(state_dir "$1")
  printf 'export CLUSTER_NAME=%q\n' "$1"
  # shellcheck disable=SC2016  # for the reader's shell to expand
  printf 'export PATH=%q:$PATH\n' "$dir/bin"
  printf 'export CLUSTER_HOST_ADDRESS=%q\n' "${HOST_ADDRESS:-127.0.0.1}"
  [[ -z ${DNS_ADDRESS:-} ]] || {
    printf 'export CLUSTER_DOMAIN=cluster.local\n'
    printf 'export CLUSTER_DNS_ADDRESS=%q\n' "$DNS_ADDRESS"
    printf 'export CLUSTER_DNS_RECORDS=%q\n' "$dir/dns/records"
  }
}

is_healthy() {
  local file
  [[ -f $(state_dir "$1")/ready ]] || return 1
  for file in "$(state_dir "$1")"/pids/*; do
    is_running "$1" "${file##*/}" || return 1
  done
  kubectl_of "$1" get --raw /readyz --request-timeout=5s >/dev/null 2>&1
}

# down CLUSTER
down() {
  [[ -d $(state_dir "$1") ]] || { say "there is no cluster $1"; return; }
  lock 8 "$STATE_ROOT/.$1.lock"
  take_down "$1"
  remove_lock_files "$1"
  say "cluster $1 is gone"
}

# Ends the hold on the cluster's lock, too. The last cluster takes the rest of the state with it.
remove_lock_files() {
  rm -f "$STATE_ROOT/.$1.lock"
  unlock 8
  [[ -z "$(echo "$STATE_ROOT"/*/)" ]] || return 0
  remove_unused_lock "$STATE_ROOT/.ports.lock"
  remove_unused_lock "$STATE_ROOT/.networks.lock"
  rmdir "$STATE_ROOT" 2>/dev/null || true
}

take_down() {
  local name=$1 dir pid
  dir=$(state_dir "$name")
  if is_running "$name" watchdog && read -r pid _ <"$dir/pids/watchdog" && ((pid != $$)); then
    kill -KILL "$pid" 2>/dev/null || true
  fi
  kill_recorded "$name"
  remove_node "$name"
  rm -rf --one-file-system "$(etcd_data_dir "$name")" "$dir"
}

down_all() {
  local dir
  for dir in "$STATE_ROOT"/*/; do
    [[ ! -d $dir ]] || down "$(basename "$dir")"
  done
}

status() {
  local dir name file none=yes
  for dir in "$STATE_ROOT"/*/; do
    [[ -d $dir ]] || continue
    none=
    name=$(basename "$dir")
    if is_healthy "$name"; then
      printf '%s: running (%s), KUBECONFIG=%skubeconfig\n' "$name" "$(cat "$dir/ready")" "$dir"
      continue
    fi
    printf '%s: not healthy, logs in %slogs\n' "$name" "$dir"
    for file in "$dir"pids/*; do
      [[ ! -e $file ]] || is_running "$name" "${file##*/}" || printf '  %s has ended\n' "${file##*/}"
    done
  done
  [[ -z $none ]] || echo "no cluster"
}
