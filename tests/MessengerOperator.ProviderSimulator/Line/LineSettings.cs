using System.Globalization;
using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.ProviderSimulator.Line;

/// <summary>Names of a channel's settings. The switches are the console's: no call of the API changes them.</summary>
internal static class LineSettings
{
    public const string ChannelId = "channelId";
    public const string ChannelSecret = "channelSecret";
    public const string PremiumId = "premiumId";
    public const string ChatMode = "chatMode";

    /// <summary>"Use webhook". LINE has it off at first; here it is on, as an admin leaves it.</summary>
    public const string Active = "active";

    /// <summary>"Webhook redelivery". Off, as at LINE.</summary>
    public const string Redelivery = "redelivery";

    /// <summary>LongLived, ShortLived, V21 or Stateless; which verification knows the token, and how long it lives.</summary>
    public const string TokenKind = "tokenKind";

    /// <summary>Seconds that the token lives from now on; empty for what its kind has.</summary>
    public const string TokenExpiresInSeconds = "tokenExpiresInSeconds";

    /// <summary>Provider time until a new endpoint is what events go to.</summary>
    public const string EndpointDelaySeconds = "endpointDelaySeconds";

    /// <summary>Whether a PUT of an empty endpoint clears it, or is refused with 400. LINE's documents do not say.</summary>
    public const string AcceptsEmptyEndpoint = "acceptsEmptyEndpoint";

    /// <summary>On: the events of a conversation wait for one that has failed. Off: later ones overtake it, as LINE may.</summary>
    public const string KeepsOrder = "keepsOrder";

    /// <summary>How many of a hundred events are preceded by a request without events.</summary>
    public const string ProbePercent = "probePercent";

    /// <summary>Failed requests in a row after which LINE stops sending; 0 for never.</summary>
    public const string SuspendAfterFailures = "suspendAfterFailures";

    /// <summary>Whether LINE has stopped sending.</summary>
    public const string Suspended = "suspended";

    /// <summary>Whether the plan's messages of this month are used up.</summary>
    public const string MonthlyLimitReached = "monthlyLimitReached";

    public static IReadOnlyList<SettingKey> Keys(string channelId) =>
    [
        new(ChannelId, channelId, value => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? null : "is a number"),
        new(ChannelSecret, LineIds.RandomHex(), value => value.Length > 0 ? null : "is not empty"),
        new(PremiumId, string.Empty),
        new(ChatMode, "bot", value => value is "bot" or "chat" ? null : "is bot or chat"),
        SettingKey.Switch(Active, on: true),
        SettingKey.Switch(Redelivery, on: false),
        new(TokenKind, nameof(LineTokenKind.LongLived), value => Enum.TryParse<LineTokenKind>(value, out _) ? null : $"is one of {string.Join(", ", Enum.GetNames<LineTokenKind>())}"),
        new(TokenExpiresInSeconds, string.Empty, value => value.Length == 0 ? null : NotACount(value)),
        new(EndpointDelaySeconds, "0", NotACount),
        SettingKey.Switch(AcceptsEmptyEndpoint, on: true),
        SettingKey.Switch(KeepsOrder, on: true),
        new(ProbePercent, "0", value => NotACount(value) ?? (int.Parse(value, CultureInfo.InvariantCulture) <= 100 ? null : "is at most 100")),
        new(SuspendAfterFailures, "0", NotACount),
        SettingKey.Switch(Suspended, on: false),
        SettingKey.Switch(MonthlyLimitReached, on: false),
    ];

    /// <summary>A setting that is a number.</summary>
    public static long Number(this AccountSettings settings, string name) => long.Parse(settings[name], CultureInfo.InvariantCulture);

    private static string? NotACount(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? null : "is a number from 0";
}
