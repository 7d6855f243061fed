#!/usr/bin/env bash
# Proves on this machine what README.md promises: two clusters with pods at once, a control plane alone, and that
# nothing of them is left afterwards. Needs root. Ends with "N passed, N failed".
set -euo pipefail

here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
work=$(mktemp -d "${TMPDIR:-/tmp}/cluster-selftest.XXXXXX")
# A state directory of its own: clusters that run here for other reasons are not touched.
export TMPDIR=$work
unset USE_EXISTING_CLUSTER KUBECONFIG
state=$work/messenger-operator-cluster
passed=0 failed=0 host_server=

finish() {
  [[ -z $host_server ]] || kill "$host_server" 2>/dev/null || true
  "$here/cluster" down --all >/dev/null 2>&1 || true
  rm -rf "$work"
}
trap finish EXIT

# check SENTENCE COMMAND...
check() {
  local sentence=$1 begun=$EPOCHREALTIME output
  shift
  if output=$("$@" 2>&1); then
    passed=$((passed + 1))
    printf 'ok    %s (%.1f s)\n' "$sentence" "$(bc <<<"$EPOCHREALTIME - $begun")"
  else
    failed=$((failed + 1))
    printf 'FAIL  %s\n' "$sentence"
    tail -n 30 <<<"$output" | sed 's/^/      /'
  fi
}

cluster() { "$here/cluster" "$@"; }
kubectl_in() { local name=$1; shift; "$state/$name/bin/kubectl" --kubeconfig "$state/$name/kubeconfig" "$@"; }
says() { local expected=$1; shift; local output; output=$("$@" 2>&1); printf '%s\n' "$output"; grep -qF -- "$expected" <<<"$output"; }
eventually() { local i; for i in {1..100}; do "$@" && return; sleep 0.1; done; "$@"; }
not() { ! "$@"; }

# HTTP by the server's own client, so that nothing needs to be installed.
get() { "$work/server" get "$1" "$2" "$3"; }
service() { kubectl_in "$1" get service "$2" --output 'jsonpath={.spec.clusterIP}'; }
from_pod() { get "$(service "$1" web)" 80 "$2"; }

# --- what a cluster could leave behind ---------------------------------------------------------------------------

machine() {
  ip -brief link | awk '{ print "link", $1 }' | grep messenger || true
  ip route | grep '^198\.18\.' || true
  ip netns | sed 's/^/netns /'
  grep -E 'kubelet|containerd|overlay|messenger-operator|/run/netns|nsfs' /proc/mounts || true
  iptables-save 2>/dev/null | grep -v '^#' || true
  find /sys/fs/cgroup -maxdepth 2 -name 'messenger-operator-selftest-*'
  settings
  find /dev/shm -maxdepth 1 -name 'messenger-operator-cluster-selftest-*'
  for place in /run/containerd /var/lib/cni /var/log/pods /var/log/containers /var/lib/kubelet; do
    [[ ! -d $place ]] || find "$place" -maxdepth 1
  done
}

settings() { grep . /proc/sys/{vm/overcommit_memory,kernel/panic,kernel/panic_on_oops,net/ipv4/ip_forward}; }
settings_unchanged() { [[ -z "$(settings | grep -vxFf "$work/before" | tee /dev/stderr)" ]]; }
# Guards the test itself: a search that finds nothing proves nothing.
many_processes() { [[ $(wc -l <"$work/processes") -gt 40 ]]; }

# Every process of a cluster that has a node is in its namespaces or in those of its pods; the state directory's path
# is on the command line of all others.
processes() {
  local process spaces=''
  for process in "$state"/*/pids/init; do
    [[ ! -f $process ]] || spaces+=" $(readlink "/proc/$(cut -d' ' -f1 "$process")/ns/mnt")"
  done
  for process in /proc/[0-9]*; do
    [[ ${process#/proc/} != "$$" && ${process#/proc/} != "$BASHPID" ]] || continue
    if grep -qsF "$state" "$process/cmdline" || grep -qs 'messenger-operator-selftest-' "$process/cgroup" ||
      [[ -n $spaces && $spaces == *" $(readlink "$process/ns/mnt" 2>/dev/null || echo none)"* ]]; then
      printf '%s %s\n' "${process#/proc/}" "$(cut -d' ' -f22 "$process/stat" 2>/dev/null)"
    fi
  done
}

alive_of() {
  local pid started
  while read -r pid started; do
    [[ "$(cut -d' ' -f22 "/proc/$pid/stat" 2>/dev/null)" != "$started" ]] || { tr '\0' ' ' <"/proc/$pid/cmdline"; echo; }
  done
}

rules_unchanged() { not grep -q KUBE- <(iptables-save); }

# --- the tests -----------------------------------------------------------------------------------------------------

up_two_at_once() {
  cluster up --name selftest-a --dns-record provider.example=host >"$work/a.out" 2>"$work/a.err" &
  local first=$! result=0
  cluster up --name selftest-b >"$work/b.out" 2>"$work/b.err" || result=1
  wait "$first" || result=1
  cat "$work"/[ab].{out,err}
  return $result
}

last_line_is_kubeconfig() { [[ "$(tail -n 1 "$work/a.out")" == "KUBECONFIG=$state/selftest-a/kubeconfig" ]]; }

deploy() {
  cluster load-image "$work/selftest.tar" --name "$1" &&
    kubectl_in "$1" apply --filename "$here/selftest/web.yaml" &&
    kubectl_in "$1" rollout status deployment/web --timeout 90s
}

restricted() {
  local page
  page=$(from_pod selftest-a /)
  printf '%s\n' "$page"
  grep -q '^uid=65532 root=read-only$' <<<"$page" && grep -q '^CapEff:.0000000000000000$' <<<"$page" &&
    grep -q '^NoNewPrivs:.1$' <<<"$page" && grep -q '^Seccomp:.2$' <<<"$page"
}

pod_reached_from_host() {
  get "$(kubectl_in selftest-b get pods --selector app=web --output 'jsonpath={.items[0].status.podIP}')" 8080 /
}

new_service_gets_a_name() {
  kubectl_in selftest-a create service clusterip later --tcp 80:8080 || return
  eventually says "$(service selftest-a later)" from_pod selftest-a /resolve/later.default
}

appended_record_is_served() {
  echo "192.0.2.77 appended.example" >>"$(cluster env --name selftest-a | sed -n 's/^export CLUSTER_DNS_RECORDS=//p')"
  eventually says 192.0.2.77 from_pod selftest-a /resolve/appended.example
}

headless_names_pods() {
  local address
  address=$(from_pod selftest-a /resolve/web-headless) &&
    kubectl_in selftest-a get pods --output 'jsonpath={.items[*].status.podIP}' | grep -qwF "$address"
}

networks_are_distinct() { [[ "$(cat "$state"/selftest-{a,b}/network | sort -u | wc -l)" == 2 ]]; }

pod_logs() { [[ -n "$(kubectl_in selftest-a logs deployment/web)" ]]; }

custom_resources() {
  local i
  for i in {1..40}; do
    printf '{"apiVersion": "selftest.example/v1", "kind": "Widget", "metadata": {"name": "w%s",
      "labels": {"a": "1", "b": "2"}, "annotations": {"c": "3"}}, "spec": {"size": %s}}\n' "$i" "$i"
  done | kubectl_in selftest-c apply --server-side --filename - && kubectl_in selftest-c delete widgets --all
}

owned_object_is_collected() {
  local uid
  printf '{"apiVersion": "selftest.example/v1", "kind": "Widget", "metadata": {"name": "owner"}}' |
    kubectl_in selftest-c create --filename - || return
  uid=$(kubectl_in selftest-c get widget owner --output 'jsonpath={.metadata.uid}') || return
  printf '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "owned", "ownerReferences": [
    {"apiVersion": "selftest.example/v1", "kind": "Widget", "name": "owner", "uid": "%s"}]}}' "$uid" |
    kubectl_in selftest-c create --filename - || return
  kubectl_in selftest-c delete widget owner && eventually not kubectl_in selftest-c get configmap owned
}

namespace_is_emptied() {
  kubectl_in selftest-c create namespace gone && kubectl_in selftest-c create configmap a --namespace gone &&
    kubectl_in selftest-c delete namespace gone --timeout 30s
}

half_dead_is_restarted() {
  kill -KILL "$(cut -d' ' -f1 "$state/selftest-c/pids/kube-apiserver")"
  says 'removing what an earlier run' cluster up --control-plane-only --name selftest-c
}

killed_parent_takes_it_down() {
  sleep 600 &
  local parent=$!
  cluster up --control-plane-only --name selftest-d --parent-pid "$parent" || return
  kill -KILL "$parent"
  eventually test ! -d "$state/selftest-d"
}

gone() { [[ -z "$(machine | diff "$work/before" - | tee /dev/stderr)" && ! -e $state ]]; }
no_process() { [[ -z "$(alive_of <"$work/processes" | tee /dev/stderr)" && -z "$(processes)" ]]; }

prepare() {
  gcc -O2 -Wall -Wextra -Werror -o "$work/server" "$here/selftest/server.c" && "$here/image" rootfs "$work/rootfs" &&
    "$here/image" build --name docker.io/messenger-operator/selftest:1 --root "$work/rootfs" \
      --add "$work/server:/server" --entrypoint /server --user 65532 --output "$work/$1"
}

image_is_reproducible() { prepare again.tar && cmp "$work/selftest.tar" "$work/again.tar"; }

"$here/packages" gcc=gcc libc6-dev bc=bc
cluster binaries >/dev/null
prepare selftest.tar
machine >"$work/before"

check 'two clusters start at the same time' up_two_at_once
check 'the last line of up names the kubeconfig' last_line_is_kubeconfig
check 'up on a running cluster says so' says 'already running' cluster up --name selftest-a
check 'two clusters have networks of their own' networks_are_distinct
check 'the same input makes the same image' image_is_reproducible
check 'a Deployment with a readiness probe rolls out' deploy selftest-a
check 'and the same in the other cluster' deploy selftest-b
check 'the pod runs as 65532, without capabilities, with seccomp, on a read-only root' restricted
check 'a ClusterIP is reached from this machine' from_pod selftest-b /
check 'a pod is reached from this machine' pod_reached_from_host
check 'DNS in a pod: short name' says "$(service selftest-a web)" from_pod selftest-a /resolve/web
check 'DNS in a pod: name with namespace' says "$(service selftest-a web)" from_pod selftest-a /resolve/web.default
check 'DNS in a pod: full name' says "$(service selftest-a web)" from_pod selftest-a /resolve/web.default.svc.cluster.local
check 'DNS in a pod: headless Service' headless_names_pods
check 'DNS in a pod: a Service created later' new_service_gets_a_name
check 'DNS in a pod: a record of --dns-record' says 198.18. from_pod selftest-a /resolve/provider.example
check 'DNS in a pod: a record appended to the file' appended_record_is_served
check 'DNS in a pod: what is not known does not exist' says 'not known' from_pod selftest-a /resolve/nothing.example
check 'a pod reaches its own Service' says connected from_pod selftest-a /fetch/web/80
check 'a pod reaches the API server by name' says connected from_pod selftest-a /fetch/kubernetes.default.svc/443
"$work/server" 18080 2>/dev/null &
host_server=$!
check 'a pod reaches a process on this machine' says connected from_pod selftest-a /fetch/provider.example/18080
check 'kubectl logs works' pod_logs
check 'the settings of the kernel are as before' settings_unchanged
check 'the iptables rules of this machine are as before' rules_unchanged
check 'a control plane alone starts beside them' cluster up --control-plane-only --name selftest-c --crds "$here/selftest/widgets.yaml"
check 'it stores and deletes 40 custom resources' custom_resources
check 'it collects what a custom resource owned' owned_object_is_collected
check 'it empties a deleted namespace' namespace_is_emptied
check 'a half-dead one is cleaned up and started again' half_dead_is_restarted
check 'a cluster whose parent is killed goes away' killed_parent_takes_it_down
processes >"$work/processes"
check 'the search for processes finds those that run' many_processes
check 'down removes one cluster' cluster down --name selftest-b
check 'and leaves the other one working' restricted
check 'down --all removes the rest' cluster down --all
check 'no process is left' eventually no_process
check 'no link, route, mount, rule, control group or file is left' eventually gone

printf '%s passed, %s failed\n' "$passed" "$failed"
((failed == 0))
