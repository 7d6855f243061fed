# shellcheck shell=bash
# Customers write; what arrives at the inbox is printed as it arrives, and counted.

# send_all ACCOUNT: sends everything, appends the ids of the events to the file SENT, and prints what has arrived meanwhile.
send_all() {
  local message
  while read -r message; do
    send "$1" "$message" >>"$SENT" || return 1
    print_arrivals
  done < <(customers)
}

# print_arrivals: prints the inbox's events from number SEEN on, and moves SEEN.
print_arrivals() {
  local events count
  events=$(inbox_events) || return 0
  count=$(jq length <<<"$events")
  ((count > SEEN)) || return 0
  jq --raw-output --argjson from "$SEEN" '.[$from:][] | [.type, .chat, .text] | @tsv' <<<"$events" |
    while IFS=$'\t' read -r type chat text; do printf '      %5s s  %-22s chat %-15s %s\n' "$(since "$traffic_started")" "$type" "$chat" "$text"; done
  SEEN=$count
}

# wait_until_delivered SECONDS: until everything sent is at the inbox; sets sent, delivered and lost.
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
  inbox_events | jq --raw-output '.[].id' | sort -u >"$SENT.arrived"
  sent=$(sort -u "$SENT" | wc -l)
  lost=$(sort -u "$SENT" | comm -23 - "$SENT.arrived" | wc -l)
  delivered=$((sent - lost))
}
