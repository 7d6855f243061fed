using System.Globalization;
using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.ProviderSimulator.Viber;

/// <summary>Names of a bot's settings.</summary>
internal static class ViberSettings
{
    /// <summary>Viber has blocked the bot: status 7 to every call, and nothing is delivered.</summary>
    public const string Blocked = "blocked";

    /// <summary>Viber has suspended the bot: status 9, likewise.</summary>
    public const string Suspended = "suspended";

    /// <summary>How many devices a user has; each sends receipts of its own, with the same token.</summary>
    public const string Devices = "devices";

    /// <summary>Whether a user's own message is reported as delivered once it was taken.</summary>
    public const string DeliveredForInbound = "deliveredForInbound";

    /// <summary>Whether the signature is in a header besides the query.</summary>
    public const string SignatureHeader = "signatureHeader";

    private const int MostDevices = 10;

    public static IReadOnlyList<SettingKey> Keys { get; } =
    [
        SettingKey.Switch(Blocked, on: false),
        SettingKey.Switch(Suspended, on: false),
        new(Devices, "1", value => IsDevices(value) ? null : "is 1 to 10"),
        SettingKey.Switch(DeliveredForInbound, on: false),
        SettingKey.Switch(SignatureHeader, on: true),
    ];

    public static int DevicesOf(AccountSettings settings) => int.Parse(settings[Devices], CultureInfo.InvariantCulture);

    private static bool IsDevices(string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MostDevices;
}
