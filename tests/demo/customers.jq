# An account as the simulator shows it in, what its customers do out, one request a line: each kind that the messenger has, then a burst of texts.
{
  Text: "Hello, is anybody there? 📦", Photo: "the broken part", Document: "the invoice", Video: "how it sounds",
  CallbackQuery: "order:42", EditedMessage: "Hello, is anybody here?", GroupMessage: "What is the status?"
} as $texts
| ["Ira", "Budi", "Nok"] as $names
# A probe holds no event, an echo is what the account itself sent, the console's sample speaks of nobody's account: none of them arrives anywhere.
| .kinds - ["Probe", "Echo", "TestEvent"]
| to_entries[]
| {kind: .value, customerId: (5000000001 + .key % 3), firstName: $names[.key % 3]}
  + if $texts[.value] then {text: $texts[.value]} else {} end
