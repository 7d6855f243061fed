# shellcheck shell=bash
# The provider simulator's control API, and the inbox.

# control METHOD PATH [JSON]: prints the answer.
control() {
  local method=$1 path=$2 body=()
  [[ $# -lt 3 ]] || body=(--header 'Content-Type: application/json' --data "$3")
  curl --silent --show-error --fail-with-body --max-time 65 --request "$method" "${body[@]}" "$SIMULATOR_URL$path"
}

# send ACCOUNT JSON: a customer does something; prints the ids of the events that must arrive, as CloudEvents have them.
send() { control POST "/accounts/$1/messages" "$2" | jq --raw-output --arg account "$1" '.[] | "\($account)-\(.id)"'; }

# What customers of several chats do, one JSON document a line: every kind of message that there is, twice a burst of texts.
customers() {
  cat <<'JSON'
{"kind":"Text","customerId":5000000001,"firstName":"Ira","text":"Hello, is anybody there?"}
{"kind":"Text","customerId":5000000002,"firstName":"Budi","languageCode":"id","text":"Halo, pesanan saya belum sampai 📦"}
{"kind":"Photo","customerId":5000000001,"firstName":"Ira","text":"the broken part"}
{"kind":"Document","customerId":5000000002,"firstName":"Budi","text":"invoice.pdf"}
{"kind":"Voice","customerId":5000000003,"firstName":"Nok"}
{"kind":"Video","customerId":5000000003,"firstName":"Nok","text":"how it sounds"}
{"kind":"Location","customerId":5000000001,"firstName":"Ira"}
{"kind":"Sticker","customerId":5000000002,"firstName":"Budi"}
{"kind":"Contact","customerId":5000000003,"firstName":"Nok"}
{"kind":"CallbackQuery","customerId":5000000001,"firstName":"Ira","text":"order:42"}
{"kind":"EditedMessage","customerId":5000000001,"firstName":"Ira","text":"Hello, is anybody here?"}
{"kind":"GroupMessage","customerId":5000000004,"firstName":"Oksana","text":"@acme_support_bot what is the status?"}
{"kind":"Blocked","customerId":5000000002,"firstName":"Budi"}
{"kind":"Unblocked","customerId":5000000002,"firstName":"Budi"}
{"kind":"Text","customerId":5000000010,"firstName":"Ani","text":"Question {n}","count":8,"customers":4}
JSON
}

# inbox_events: the events at the inbox in the order of arrival, as [{id, type, chat, text}].
inbox_events() {
  curl --silent --show-error --fail --max-time 10 "$INBOX_URL/events" | jq --compact-output '[.events[] | {
    id: .attributes.id, type: (.attributes.type | ltrimstr("io.messenger-operator.") | rtrimstr(".v1")),
    chat: (.data.conversation.id // "-"),
    text: ([.data.content.type // .data.kind, .data.content.text // (.data.content.postback.data // empty)] | map(select(. != null and . != "")) | join(": "))
  }]'
}
