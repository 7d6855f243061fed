# shellcheck shell=bash
# Watching one integration until it is Ready, in plain words.

# One line "TYPE STATUS REASON MESSAGE" for each condition, separated by tabs; Ready, which sums them up, comes last.
CONDITIONS='.status.conditions // [] | sort_by(.type == "Ready") | .[] | [.type, .status, .reason, .message] | @tsv'

in_words() { # TYPE STATUS
  case $1.$2 in
    SpecAccepted.True) echo "the specification obeys every rule" ;;
    SecretsResolved.True) echo "the Secret with the token is there and looks right" ;;
    CredentialsValid.True) echo "the messenger accepted the token; it belongs to the account named" ;;
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

# wait_until_ready NAMESPACE NAME SECONDS: prints each condition as it changes; fails when it is not Ready in time.
wait_until_ready() {
  local namespace=$1 name=$2 deadline=$((SECONDS + $3)) type status cause message words ready='' seen=
  declare -A last=()
  while :; do
    # shellcheck disable=SC2312  # no answer is the same as no conditions
    while IFS=$'\t' read -r type status cause message; do
      [[ -n $type && "${last[$type]:-}" != "$status/$cause" ]] || continue
      # "Not looked at yet" is no news.
      [[ $status != Unknown || -n "${last[$type]:-}" ]] || continue
      last[$type]=$status/$cause
      words=$(in_words "$type" "$status")
      printf '      %5s s  %-18s %-8s %s\n' "$(since "$applied")" "$type" "$status" "${words:-$cause: $message}"
      [[ $type/$status != Ready/True ]] || ready=yes
      seen=yes
    done < <(kubectl --namespace "$namespace" get messengerintegration "$name" --output json 2>/dev/null | jq --raw-output "$CONDITIONS")
    [[ -z $ready ]] || return 0
    if ((SECONDS >= deadline)); then
      [[ -n $seen ]] || fail "the operator has not looked at the integration within $3 s" "kubectl --namespace messenger-system logs deployment/messenger-operator"
      fail "the integration is not Ready after $3 s: ${last[Ready]:-no Ready condition}" "kubectl --namespace $namespace describe messengerintegration $name"
    fi
    sleep 0.25
  done
}
