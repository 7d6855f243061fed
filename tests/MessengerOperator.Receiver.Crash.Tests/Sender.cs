using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Control;

namespace MessengerOperator.Receiver.Crash.Tests;

/// <summary>An account at the simulator that sends to a receiver, and what the receiver has to know of it.</summary>
/// <param name="Provider">The messenger.</param>
/// <param name="KeepsOrder">Whether the messenger sends a conversation's events one after the other; otherwise there is no order to keep.</param>
/// <param name="Account">The account at the simulator.</param>
/// <param name="Keys">The secrets that its requests are signed with, by name.</param>
/// <param name="Settings">The provider's block of the spec; null for none.</param>
/// <param name="Webhooks">What is set at the provider; the URL is put in.</param>
internal sealed record Sender(
    string Provider, bool KeepsOrder, AccountRequest Account, IReadOnlyDictionary<string, string> Keys, JsonObject? Settings, params WebhookChange[] Webhooks)
{
    private const string Secret = "00112233445566778899aabbccddeeff";
    private const string ViberToken = "50aaaaaaaaaaaaaa-44eeeeeeeeeeeeee-88cccccccccccccc";
    private const string TelegramSecret = "Zm9vYmFy_secret-01";

    /// <summary>One account of each messenger.</summary>
    public static IReadOnlyList<Sender> All { get; } =
    [
        new("Telegram", KeepsOrder: true, Of("Telegram", "700000001", "700000001:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"), Key("secretToken", TelegramSecret), null, new WebhookChange { SecretToken = TelegramSecret }),
        new("Line", KeepsOrder: true, Of("Line", "U0123456789abcdef0123456789abcdef", "bWFkZSB1cA==", ("channelSecret", Secret), ("redelivery", "true")), Key("channelSecret", Secret), null, new WebhookChange()),
        new("Facebook", KeepsOrder: false, Of("Facebook", "110000000000001", "EAAMADEUPpageTOKEN0001", ("appId", "220000000000002"), ("appSecret", Secret)), Key("appSecret", Secret), new() { ["appId"] = "220000000000002", ["pageId"] = "110000000000001" }, new WebhookChange(), new WebhookChange { Scope = "page" }),
        new("Viber", KeepsOrder: false, Of("Viber", "pa:5000000000000000001", ViberToken), Key("authToken", ViberToken), null, new WebhookChange()),
        new("Nexmo", KeepsOrder: false, Of("Nexmo", "abcd1234", "ABCDEFGH01234abc", ("signed", "true"), ("signatureMethod", "sha256"), ("signatureSecret", Secret), ("format", "post-json")), Key("signatureSecret", Secret), new() { ["mode"] = "Sms", ["apiKey"] = "abcd1234", ["signatureMethod"] = "Sha256" }, new WebhookChange()),
    ];

    /// <summary>Makes the account, and writes the configuration of a receiver for it.</summary>
    public async Task PrepareAsync(SimulatorControl control, string folder, int trafficPort, string sinkUrl)
    {
        Directory.CreateDirectory(Path.Combine(folder, "spool"));
        foreach (var (name, value) in Keys)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, name), value);
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "receiver.json"), new JsonObject { ["routes"] = new JsonArray(Route(sinkUrl)) }.ToJsonString());
        await control.CreateAccountAsync(Account);
        foreach (var change in Webhooks)
        {
            await control.OverwriteWebhookAsync(Account.Id!, change.Scope is null ? change with { Url = $"http://127.0.0.1:{trafficPort}/hook" } : change);
        }
    }

    /// <summary>Subscribes the page again: Meta ends that after an hour of failures, which pass quickly here.</summary>
    public async Task SubscribeAgainAsync(SimulatorControl control)
    {
        foreach (var change in Webhooks.Where(change => change.Scope is not null))
        {
            await control.OverwriteWebhookAsync(Account.Id!, change);
        }
    }

    private static AccountRequest Of(string provider, string id, string token, params (string Name, string Value)[] settings) => new()
    {
        Provider = provider,
        Id = id,
        Token = token,
        LocalMode = provider != "Nexmo",
        Settings = settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value),
    };

    private static Dictionary<string, string> Key(string name, string value) => new() { [name] = value };

    private JsonObject Route(string sinkUrl) => new()
    {
        ["integration"] = $"crash/{Provider.ToLowerInvariant()}",
        ["provider"] = Provider,
        ["path"] = "/hook",
        ["accountId"] = Account.Id,
        ["settings"] = Settings?.DeepClone(),
        ["keys"] = new JsonObject(Keys.Keys.Select(name => KeyValuePair.Create<string, JsonNode?>(name, new JsonArray(name)))),
        ["sink"] = new JsonObject { ["http"] = new JsonObject { ["url"] = sinkUrl } },
    };
}
