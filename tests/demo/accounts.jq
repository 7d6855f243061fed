# The objects of examples/all in, one account a line out: the integration's name and what the simulator makes its account from.
def of($kind): map(select(.kind == $kind));

# The value that a reference to a Secret's key stands for; anything else stays as it is.
def resolved($secrets): if type == "object" and has("key") then $secrets[.name][.key] else . end;

(of("Secret") | map({(.metadata.name): .stringData}) | add) as $secrets
| of("MessengerIntegration")[]
| .spec as $spec
| ($spec[$spec.provider | ascii_downcase] | map_values(resolved($secrets))) as $account
| {
    name: .metadata.name,
    request: ({provider: $spec.provider, firstName: "Acme Support"} + {
      Facebook: {
        id: $account.pageId, token: $account.pageAccessToken, username: $account.pageUsername,
        settings: {appId: $account.appId, appSecret: $account.appSecret}
      },
      Line: {token: $account.channelAccessToken, username: $spec.displayName, settings: {channelSecret: $account.channelSecret, redelivery: "true"}},
      Nexmo: {
        id: $account.apiKey, token: $account.apiSecret,
        settings: {signed: "true", signatureSecret: $account.signatureSecret, signatureMethod: ($account.signatureMethod // "" | ascii_downcase)}
      },
      Telegram: {token: $account.apiToken, username: $account.botUsername},
      Viber: {token: $account.authToken, username: $account.botUsername}
    }[$spec.provider])
  }
