# What became of one account's events. Input: the simulator's deliveries; $inbox: the events at the inbox from this account's integration.
# An event has arrived when the provider's original of one at the inbox holds all that was sent, whatever ids the product gave it.
[.deliveries[] | select(.state | IN("Filtered", "Forged") | not) | select(.body | startswith("{")) | .body | fromjson] as $sent
| ($sent | map(select(. as $body | any($inbox[]; contains($body)))) | length) as $delivered
| "\($sent | length) \($delivered) \(.violations | length)"
