# shellcheck shell=bash
# The demo's stages, in order, and its end.

prepare_tools() {
  command -v dotnet >/dev/null || fail "the .NET SDK is missing: README.md says where to get it" "dotnet --list-sdks"
  tests/cluster/packages jq=jq curl=curl openssl=openssl 2>&1 | indented || fail "what the demo needs cannot be installed" "tests/cluster/packages jq curl openssl"
  ensure_helm || fail "there is no Helm" "tests/demo/helm"
  detail "Helm $("$HELM" version --short), .NET SDK $(dotnet --version)"
}

build_images() { tests/demo/images 2>&1 | indented || fail "an image does not build" "tests/demo/images"; }

start_cluster() {
  local options=(--name "$name") image
  # Without --keep the cluster goes even if this script is killed in a way that it cannot notice.
  [[ -n $keep || -n $parent ]] || parent=$$
  [[ -z $parent ]] || options+=(--parent-pid "$parent")
  cluster_up=yes
  # A pipe, not a process substitution: the cluster's processes would inherit that one's end, and whoever reads our output would wait for them.
  tests/cluster/cluster up "${options[@]}" 2>&1 >"$WORK/cluster.out" | indented || fail "the cluster does not start" "tests/cluster/cluster up --name $name"
  eval "$(tests/cluster/cluster env --name "$name")"
  detail "$(kubectl version --output json | jq --raw-output '"Kubernetes \(.serverVersion.gitVersion), kubectl \(.clientVersion.gitVersion)"')"
  for image in operator receiver demo; do
    tests/cluster/cluster load-image "artifacts/images/$image.tar" --name "$name" >"$WORK/load-$image.log" 2>&1 ||
      fail "the cluster refuses the image $image" "cat $WORK/load-$image.log"
  done
}

start_outside_world() {
  make_authority "$WORK/authority" "$HOST"
  kubectl apply --filename "$DEMO/manifests/namespaces.yaml" >"$WORK/apply.log"
  kubectl --namespace internet create secret tls edge --cert "$WORK/authority/tls.crt" --key "$WORK/authority/tls.key" >>"$WORK/apply.log"
  kubectl --namespace messenger-system create configmap throw-away-authority --from-file "ca.crt=$WORK/authority/ca.crt" >>"$WORK/apply.log"
  kubectl apply --filename "$DEMO/manifests/outside-world.yaml" >>"$WORK/apply.log"
  rolled_out internet providers
  rolled_out internet edge
  rolled_out "$NAMESPACE" inbox
  SIMULATOR_URL=http://$(service_address internet providers):8091
  INBOX_URL=http://$(service_address "$NAMESPACE" inbox):80
  EDGE_ADDRESS=$(service_address internet edge)
  # The operator finds the public name by the cluster's DNS. The messengers believe in a public address for it, as it would have, and reach the edge.
  printf '%s %s\n' "$EDGE_ADDRESS" "$HOST" >>"$CLUSTER_DNS_RECORDS"
  control PUT "/names/$HOST" "{\"host\":\"$HOST\",\"addresses\":[\"203.0.113.10\"],\"connectTo\":\"$EDGE_ADDRESS:443\"}" >/dev/null
  curl --silent --show-error --fail --data-binary "@$WORK/authority/ca.crt" "$SIMULATOR_URL/trusted-authorities" >/dev/null
  edge_answers || fail "nothing answers at the public address" "kubectl --namespace internet logs deployment/edge"
  detail "the messengers: $(control GET /healthz | jq --raw-output '.providers | sort | join(", ")'); https://$HOST leads into the cluster; the inbox is empty"
}

# The public address is there before anybody is told about it; no path leads anywhere yet.
edge_answers() {
  [[ "$(curl --silent --output /dev/null --write-out '%{http_code}' --max-time 20 --retry 3 --retry-all-errors --cacert "$WORK/authority/ca.crt" \
    --resolve "$HOST:443:$EDGE_ADDRESS" "https://$HOST/")" == 404 ]]
}

rolled_out() { # NAMESPACE DEPLOYMENT
  kubectl --namespace "$1" rollout status "deployment/$2" --timeout 120s >>"$WORK/apply.log" 2>&1 ||
    fail "$2 does not start" "kubectl --namespace $1 describe pods"
}

service_address() { kubectl --namespace "$1" get service "$2" --output 'jsonpath={.spec.clusterIP}'; }

install_operator() {
  "$HELM" upgrade --install messenger-operator charts/messenger-operator --namespace messenger-system --values "$DEMO/values.yaml" \
    --wait --timeout 2m >"$WORK/helm.log" 2>&1 || fail "Helm cannot install the chart: $(tail -n 1 "$WORK/helm.log")" "kubectl --namespace messenger-system describe pods"
  "$HELM" list --all-namespaces --kubeconfig "$KUBECONFIG" 2>/dev/null | cut -f 1,2,4-6 | indented
}

apply_integrations() {
  open_accounts
  detail "each messenger has the account that its example names"
  applied=$(now)
  kubectl apply --namespace "$NAMESPACE" --kustomize examples/all | indented
  wait_until_ready "$NAMESPACE" "$(wc -l <"$ACCOUNTS")" 180
  ready_after=$(since "$applied")
  detail "All $ready are Ready $ready_after s after they were applied."
  kubectl --namespace "$NAMESPACE" get messengerintegrations --output wide | indented
}

customers_write() {
  traffic_started=$(now)
  send_all || fail "the simulator does not take the customers' messages: $(tail -n 1 "$WORK/accepted")" "curl $SIMULATOR_URL/healthz"
  wait_until_delivered 60 || fail "$lost of $sent messages have not arrived" "kubectl --namespace $NAMESPACE logs --selector app.kubernetes.io/name=messenger-receiver"
  detail "$sent sent, $delivered delivered, $lost lost, $objections answers that a messenger would object to"
}

# The integrations first: they need the credentials to remove what they registered.
delete_integrations() {
  local name id
  kubectl delete messengerintegrations --namespace "$NAMESPACE" --all --timeout 90s >"$WORK/delete.log" 2>&1 ||
    fail "an integration does not go" "kubectl --namespace $NAMESPACE describe messengerintegrations"
  kubectl delete --namespace "$NAMESPACE" --kustomize examples/all --ignore-not-found >>"$WORK/delete.log"
  indented <"$WORK/delete.log"
  while read -r name _ id; do
    control GET "/accounts/$id/registrations?waitFor=parts:0&timeoutSeconds=10" >/dev/null ||
      fail "the webhook of $name is still registered" "curl $SIMULATOR_URL/accounts/$id/registrations"
  done <"$ACCOUNTS"
  detail "no messenger has a webhook any more"
}

how_to_look_around() {
  indented <<TEXT
eval "\$(tests/cluster/cluster env --name $name)"         kubectl then talks to this cluster
kubectl get messengerintegrations --all-namespaces --output wide
kubectl --namespace $NAMESPACE describe messengerintegration acme-support
kubectl --namespace $NAMESPACE logs deployment/acme-support-receiver
kubectl --namespace messenger-system logs deployment/messenger-operator

the accounts:         curl $SIMULATOR_URL/accounts
a customer writes:    curl -H 'Content-Type: application/json' -d '{"text":"Hello"}' $SIMULATOR_URL/accounts/$(account_of Telegram)/messages
what Telegram sees:   curl $SIMULATOR_URL/accounts/$(account_of Telegram)/registrations
what arrived:         curl $INBOX_URL/events

taking it down:       tests/demo/demo --down --name $name
TEXT
  # For scripts: where things are.
  printf '%s=%s\n' KUBECONFIG "$KUBECONFIG" KUBECTL "$(command -v kubectl)" SIMULATOR_URL "$SIMULATOR_URL" INBOX_URL "$INBOX_URL" \
    ACCOUNTS "$ACCOUNTS" READY_SECONDS "$ready_after" >"$WORK/endpoints"
}

account_of() { awk -v provider="$1" '$2 == provider { print $3 }' "$ACCOUNTS"; }

# Runs at every exit: the reason, what shows more, and nothing left behind.
finish() {
  local status=$?
  trap - EXIT INT TERM HUP
  if ((status == 0)); then
    [[ -n $keep ]] || take_down
    printf '\nThe whole run took %d s; all integrations were Ready %s s after they were applied.\n' "$((SECONDS - started))" "$ready_after"
    printf 'demo: %d ready, %d sent, %d delivered, %d lost\n' "$ready" "$sent" "$delivered" "$lost"
    exit 0
  fi
  collect_evidence
  [[ -n $keep ]] || take_down
  {
    printf '\ndemo: failed: %s\n' "${reason:-a command of stage $stage_number failed (exit $status)}"
    printf 'more: %s%s\n' "${more:-$DEMO/demo --keep}" "$([[ -n $keep ]] || printf ' (after tests/demo/demo --keep; now: ls %s)' "$WORK")"
  } >&2
  exit "$status"
}

# What is wanted when it failed and the cluster is already gone.
collect_evidence() {
  [[ -n $cluster_up && -n ${KUBECONFIG:-} ]] || return 0
  {
    kubectl --request-timeout 5s --namespace "$NAMESPACE" describe messengerintegrations,deployments,pods >"$WORK/describe.txt"
    kubectl --request-timeout 5s get pods,events --all-namespaces --output wide >"$WORK/cluster.txt"
    kubectl --request-timeout 5s --namespace messenger-system logs deployment/messenger-operator >"$WORK/operator.log"
    kubectl --request-timeout 5s --namespace "$NAMESPACE" logs --selector app.kubernetes.io/name=messenger-receiver --prefix --tail -1 >"$WORK/receivers.log"
    kubectl --request-timeout 5s --namespace internet logs deployment/providers >"$WORK/providers.log"
    kubectl --request-timeout 5s --namespace internet logs deployment/edge >"$WORK/edge.log"
  } 2>/dev/null || true
}

take_down() {
  [[ -n $cluster_up ]] || return 0
  printf '\nTaking the cluster down.\n'
  tests/cluster/cluster down --name "$name" 2>&1 | indented
}
