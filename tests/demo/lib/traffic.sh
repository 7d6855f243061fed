# shellcheck shell=bash
# Customers write; what arrives at the inbox is printed as it arrives, and counted.

# send_all: everything that a customer can do, through every account; prints what has arrived meanwhile.
send_all() {
  local id message
  while read -r _ _ id; do
    while read -r message; do
      control POST "/accounts/$id/messages" "$message" >>"$WORK/accepted" || return 1
    done < <(control GET "/accounts/$id" | jq --compact-output --from-file "$DEMO/customers.jq")
    control POST "/accounts/$id/messages" '{"customerId":5000000010,"firstName":"Ani","text":"Question {n}","count":8,"customers":4,"batch":true}' >>"$WORK/accepted" || return 1
    print_arrivals
  done <"$ACCOUNTS"
}

# print_arrivals: prints the inbox's events from number SEEN on, and moves SEEN.
print_arrivals() {
  local events count
  events=$(inbox_events) || return 0
  count=$(jq length <<<"$events")
  ((count > SEEN)) || return 0
  jq --raw-output --argjson from "$SEEN" '.[$from:][] | [.integration, .type, .text] | @tsv' <<<"$events" |
    while IFS=$'\t' read -r integration type text; do printf '      %5s s  %-14s %-22s %s\n' "$(since "$traffic_started")" "$integration" "$type" "$text"; done
  SEEN=$count
}

# wait_until_delivered SECONDS: until everything sent is at the inbox; sets sent, delivered, lost and objections.
wait_until_delivered() {
  local deadline=$((SECONDS + $1))
  while :; do
    count_deliveries
    print_arrivals
    ((lost > 0)) || return 0
    ((SECONDS < deadline)) || return 1
    sleep 0.2
  done
}

# What was sent and is not at the inbox counts as lost, whatever anybody's status says.
count_deliveries() {
  local name id of_account
  sent=0 delivered=0 objections=0
  inbox_events >"$WORK/inbox.json"
  while read -r name _ id; do
    control GET "/accounts/$id/deliveries" >"$WORK/deliveries-$name.json"
    read -ra of_account < <(jq --raw-output --slurpfile events "$WORK/inbox.json" --arg name "$name" \
      "[\$events[0][] | select(.integration == \$name) | .original] as \$inbox | $(cat "$DEMO/delivered.jq")" "$WORK/deliveries-$name.json")
    sent=$((sent + of_account[0])) delivered=$((delivered + of_account[1])) objections=$((objections + of_account[2]))
  done <"$ACCOUNTS"
  lost=$((sent - delivered))
}
