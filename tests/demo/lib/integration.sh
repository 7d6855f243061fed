# shellcheck shell=bash
# Watching the integrations until they are Ready, in plain words.

# One line "NAME TYPE STATUS REASON MESSAGE" for each condition, separated by tabs; Ready, which sums an integration up, comes last.
CONDITIONS='.items[] | .metadata.name as $name | .status.conditions // [] | sort_by(.type == "Ready") | .[] |
  [$name, .type, .status, .reason, .message] | @tsv'

in_words() { # TYPE STATUS
  case $1.$2 in
    SpecAccepted.True) echo "the specification obeys every rule" ;;
    SecretsResolved.True) echo "the Secret is there and looks right" ;;
    CredentialsValid.True) echo "the messenger accepted the credentials; they belong to the account named" ;;
    AccountClaimed.True) echo "no other integration holds this account" ;;
    SinkResolved.True) echo "it is known where messages go" ;;
    ReceiverAvailable.True) echo "the receiver pod is running and ready" ;;
    EndpointReachable.True) echo "a signed probe through the public address came back from our receiver" ;;
    WebhookRegistered.True) echo "the messenger says that it delivers to our address" ;;
    DeliveryHealthy.True) echo "the messenger reports no trouble delivering" ;;
    Ready.True) echo "messages can arrive" ;;
    Reconciling.True) echo "still working on it" ;;
    Stalled.True) echo "waiting for somebody to change something" ;;
    *) echo "" ;;
  esac
}

# wait_until_ready NAMESPACE COUNT SECONDS: prints each condition as it changes; fails when COUNT integrations are not Ready in time. Sets ready.
wait_until_ready() {
  local namespace=$1 count=$2 deadline=$((SECONDS + $3)) name type status cause message words seen=
  declare -A last=()
  while :; do
    # shellcheck disable=SC2312  # no answer is the same as no conditions
    while IFS=$'\t' read -r name type status cause message; do
      [[ -n $type && "${last[$name/$type]:-}" != "$status/$cause" ]] || continue
      # "Not looked at yet" is no news.
      [[ $status != Unknown || -n "${last[$name/$type]:-}" ]] || continue
      [[ $type != Ready || $status != True ]] || ready=$((ready + 1))
      [[ $type != Ready || "${last[$name/$type]:-}" != True/* ]] || ready=$((ready - 1))
      last[$name/$type]=$status/$cause
      words=$(in_words "$type" "$status")
      printf '      %5s s  %-14s %-18s %-8s %s\n' "$(since "$applied")" "$name" "$type" "$status" "${words:-$cause: $message}"
      seen=yes
    done < <(kubectl --namespace "$namespace" get messengerintegrations --output json 2>/dev/null | jq --raw-output "$CONDITIONS")
    ((ready < count)) || return 0
    if ((SECONDS >= deadline)); then
      [[ -n $seen ]] || fail "the operator has not looked at the integrations within $3 s" "kubectl --namespace messenger-system logs deployment/messenger-operator"
      fail "only $ready of $count integrations are Ready after $3 s" "kubectl --namespace $namespace describe messengerintegrations"
    fi
    sleep 0.25
  done
}
