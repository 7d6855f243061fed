using System.Globalization;
using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.ProviderSimulator.Facebook;

/// <summary>What a page has besides id, token and names. Those of the app hold for all its pages, whichever page they are set at.</summary>
internal static class FacebookSettings
{
    /// <summary>The Meta app that the page is used with; read when the account is made.</summary>
    public const string AppId = "appId";

    /// <summary>The app's secret. A change is a reset: signatures change, and the tokens of all its pages die.</summary>
    public const string AppSecret = "appSecret";

    /// <summary>The app that the page's token was made for; empty is the app.</summary>
    public const string TokenApp = "tokenApp";

    /// <summary>What the token is: PAGE, USER or SYSTEM_USER.</summary>
    public const string TokenType = "tokenType";

    /// <summary>The subcode with which the token is dead (458, 459, 460, 463, 464, 467); empty while it lives.</summary>
    public const string TokenError = "tokenError";

    /// <summary>The token's permissions, separated by commas.</summary>
    public const string Scopes = "scopes";

    /// <summary>When the token runs out, seconds since 1970; 0 never.</summary>
    public const string ExpiresAt = "expiresAt";

    /// <summary>When it loses access to people's data, seconds since 1970; 0 never.</summary>
    public const string DataAccessExpiresAt = "dataAccessExpiresAt";

    /// <summary>Whether the page has a vanity name.</summary>
    public const string HasUsername = "hasUsername";

    /// <summary>Of the app: only its testers' doings are told.</summary>
    public const string DevelopmentMode = "developmentMode";

    /// <summary>Ids of customers who are testers of the app.</summary>
    public const string Testers = "testers";

    /// <summary>Of the app: calls must carry a proof of the app secret.</summary>
    public const string RequireProof = "requireProof";

    /// <summary>Of the app: percent of its quota used; from 100 on its own calls are refused with code 4.</summary>
    public const string AppUsage = "appUsage";

    /// <summary>Percent of the page's quota used; from 100 on the page's calls are refused with code 80006.</summary>
    public const string PageUsage = "pageUsage";

    /// <summary>Minutes that the page's refusals ask to wait for.</summary>
    public const string RegainAccessMinutes = "regainAccessMinutes";

    /// <summary>Of the app: how many events go in one request.</summary>
    public const string MaxBatch = "maxBatch";

    /// <summary>Of the app: deliver the newest first, conversations mixed.</summary>
    public const string OutOfOrder = "outOfOrder";

    /// <summary>Each event of the page is in its request twice.</summary>
    public const string Duplicates = "duplicates";

    public static IReadOnlyList<SettingKey> Keys { get; } =
    [
        new(AppId, "220000000000002", Number),
        new(AppSecret, string.Empty),
        new(TokenApp, string.Empty),
        new(TokenType, "PAGE", value => value is "PAGE" or "USER" or "SYSTEM_USER" ? null : "is PAGE, USER or SYSTEM_USER"),
        new(TokenError, string.Empty, value => value is "" or "458" or "459" or "460" or "463" or "464" or "467" ? null : "is 458, 459, 460, 463, 464, 467 or empty"),
        new(Scopes, "pages_show_list,pages_messaging,pages_manage_metadata"),
        new(ExpiresAt, "0", Number),
        new(DataAccessExpiresAt, "0", Number),
        SettingKey.Switch(HasUsername, on: true),
        SettingKey.Switch(DevelopmentMode, on: false),
        new(Testers, string.Empty),
        SettingKey.Switch(RequireProof, on: false),
        new(AppUsage, "0", Number),
        new(PageUsage, "0", Number),
        new(RegainAccessMinutes, "19", Number),
        new(MaxBatch, "10", value => Number(value) ?? (value == "0" ? "is above 0" : null)),
        SettingKey.Switch(OutOfOrder, on: false),
        SettingKey.Switch(Duplicates, on: false),
    ];

    /// <summary>A setting that is a number.</summary>
    public static long NumberOf(this AccountSettings settings, string name) => long.Parse(settings[name], CultureInfo.InvariantCulture);

    private static string? Number(string value) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? null : "is a number";
}
