# shellcheck shell=bash
# etcd, kube-apiserver and kube-controller-manager. Before start_api the caller sets BINARIES, ETCD (binaries.sh),
# API_ADDRESS, API_PORT, ETCD_PORT, SERVICE_CIDR, API_NAMES, and RUN, a prefix that places a command (network.sh).

start_etcd() {
  local name=$1 data
  data=$(etcd_data_dir "$name")
  rm -rf "$data"
  mkdir -p "$data"
  chmod 700 "$data"
  # The peer address is never used by a single member, so any free port will do.
  start_process "$name" etcd "${RUN[@]}" "$ETCD" --name "$name" --data-dir "$data" --unsafe-no-fsync \
    --listen-client-urls "http://127.0.0.1:$ETCD_PORT" --advertise-client-urls "http://127.0.0.1:$ETCD_PORT" \
    --listen-peer-urls http://127.0.0.1:0 --logger zap --log-level warn
}

# In memory where that is possible.
etcd_data_dir() {
  if [[ -w /dev/shm ]]; then
    printf '/dev/shm/messenger-operator-cluster-%s-%s\n' "$1" "$(cksum <<<"$STATE_ROOT" | cut -d' ' -f1)"
  else
    printf '%s/etcd\n' "$(state_dir "$1")"
  fi
}

start_api_server() {
  local name=$1 pki extra=()
  pki="$(state_dir "$name")/pki"
  # On loopback there is no address that the "kubernetes" Service could lead to.
  [[ $API_ADDRESS != 127.0.0.1 ]] || extra+=(--endpoint-reconciler-type=none)
  start_process "$name" kube-apiserver "${RUN[@]}" "$BINARIES/kube-apiserver" \
    --etcd-servers="http://127.0.0.1:$ETCD_PORT" \
    --bind-address="$API_ADDRESS" --advertise-address="$API_ADDRESS" --secure-port="$API_PORT" \
    --service-cluster-ip-range="$SERVICE_CIDR" --allow-privileged=true --profiling=false \
    --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction \
    --client-ca-file="$pki/ca.crt" --tls-cert-file="$pki/api-server.crt" --tls-private-key-file="$pki/api-server.key" \
    --kubelet-client-certificate="$pki/admin.crt" --kubelet-client-key="$pki/admin.key" \
    --kubelet-preferred-address-types=InternalIP \
    --service-account-issuer=https://kubernetes.default.svc \
    --service-account-key-file="$pki/service-account.pub" \
    --service-account-signing-key-file="$pki/service-account.key" --cert-dir="$pki" "${extra[@]}"
}

start_controller_manager() {
  local name=$1 pki extra=()
  pki="$(state_dir "$name")/pki"
  # Before 1.24 there was a second, plain port, on by default.
  (($(binary_minor "$BINARIES/kube-controller-manager") >= 24)) || extra+=(--port=0)
  start_process "$name" kube-controller-manager "${RUN[@]}" "$BINARIES/kube-controller-manager" \
    --kubeconfig="$(state_dir "$name")/kubeconfig" --leader-elect=false --secure-port=0 --profiling=false \
    --root-ca-file="$pki/ca.crt" --service-account-private-key-file="$pki/service-account.key" \
    --cluster-signing-cert-file="$pki/ca.crt" --cluster-signing-key-file="$pki/ca.key" --cert-dir="$pki" \
    --kube-api-qps=200 --kube-api-burst=400 --concurrent-gc-syncs=5 --min-resync-period=1h "${extra[@]}"
}

make_identities() {
  local name=$1 dir
  dir=$(state_dir "$name")
  make_authority "$dir/pki"
  sign "$dir/pki" api-server /CN=kube-apiserver serverAuth "$API_NAMES"
  sign "$dir/pki" admin /O=system:masters/CN=admin clientAuth
  write_kubeconfig "$dir/pki" admin "https://$API_ADDRESS:$API_PORT" "$dir/kubeconfig"
}

start_api() {
  start_etcd "$1"
  make_identities "$1"
  start_api_server "$1"
}

# finish_control_plane CLUSTER [CRDS]: returns when the API answers and its controllers work.
finish_control_plane() {
  local name=$1 crds=${2:-}
  wait_for_api "$name" || return 1
  # Before the controllers start: the garbage collector looks for new kinds every 30 s only.
  [[ -z $crds ]] || install_crds "$name" "$crds"
  [[ -x $BINARIES/kube-controller-manager ]] || return 0
  start_controller_manager "$name"
  wait_for_controllers "$name"
}

kubectl_of() {
  local name=$1
  shift
  "$(state_dir "$name")/bin/kubectl" --kubeconfig "$(state_dir "$name")/kubeconfig" \
    --cache-dir "$(state_dir "$name")/kubectl-cache" "$@"
}

wait_for_api() {
  local name=$1 deadline=$((SECONDS + 120))
  until kubectl_of "$name" get --raw /readyz --request-timeout=5s >/dev/null 2>&1; do
    require_running "$name" etcd kube-apiserver || return 1
    if ((SECONDS >= deadline)); then
      say "the API server of cluster $name is not ready after 120 s"
      show_log "$(state_dir "$name")/logs/kube-apiserver.log"
      return 1
    fi
    sleep 0.1
  done
}

# The first thing that needs a controller: without its service account no pod can be created in a namespace.
wait_for_controllers() {
  local name=$1
  wait_until 60 kubectl_of "$name" get --raw /api/v1/namespaces/default/serviceaccounts/default && return
  require_running "$name" kube-controller-manager || return 1
  say "the controllers of cluster $name do nothing"
  show_log "$(state_dir "$name")/logs/kube-controller-manager.log"
  return 1
}

install_crds() {
  # 1.20 refuses, on the client only, a schema with keys that it does not know (x-kubernetes-validations).
  kubectl_of "$1" apply --validate=false --filename "$2" >&2 || die "installing $2 failed"
  kubectl_of "$1" wait --for condition=Established --timeout 30s --filename "$2" >/dev/null
}
