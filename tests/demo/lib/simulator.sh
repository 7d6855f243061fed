# shellcheck shell=bash
# The provider simulator's control API, and the inbox.

# control METHOD PATH [JSON]: prints the answer.
control() {
  local method=$1 path=$2 body=()
  [[ $# -lt 3 ]] || body=(--header 'Content-Type: application/json' --data "$3")
  curl --silent --show-error --fail-with-body --max-time 65 --request "$method" "${body[@]}" "$SIMULATOR_URL$path"
}

# open_accounts: gives each messenger the account that its example names; fills ACCOUNTS with a line "NAME PROVIDER ID" each.
open_accounts() {
  local account name
  kubectl kustomize examples/all | kubectl create --dry-run=client --filename - --output json | jq --slurp --compact-output --from-file "$DEMO/accounts.jq" >"$WORK/requests"
  while read -r account; do
    name=$(jq --raw-output .name <<<"$account")
    control POST /accounts "$(jq --compact-output .request <<<"$account")" >"$WORK/account.json" ||
      fail "the simulator refuses the account of $name: $(cat "$WORK/account.json")" "curl $SIMULATOR_URL/healthz"
    jq --raw-output --arg name "$name" '"\($name) \(.provider) \(.id)"' "$WORK/account.json" >>"$ACCOUNTS"
  done <"$WORK/requests"
}

# inbox_events: the events at the inbox in the order of arrival, as [{integration, type, text, original}].
inbox_events() {
  curl --silent --show-error --fail --max-time 10 "$INBOX_URL/events" | jq --compact-output '[.events[] | {
    integration: (.attributes.source | split("/") | last), type: (.attributes.type | ltrimstr("io.messenger-operator.") | rtrimstr(".v1")),
    original: .data.original,
    text: ([.data.content.type // .data.kind, .data.content.text // (.data.content.postback.data // empty)] | map(select(. != null and . != "")) | join(": "))
  }]'
}
