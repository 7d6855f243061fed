namespace MessengerOperator.ProviderSimulator.Viber;

/// <summary>The numbers of the field <c>status</c>, and their names.</summary>
internal static class ViberStatus
{
    public const int Ok = 0;
    public const int InvalidUrl = 1;
    public const int InvalidAuthToken = 2;
    public const int BadData = 3;
    public const int MissingData = 4;
    public const int ReceiverNotRegistered = 5;
    public const int ReceiverNotSubscribed = 6;
    public const int PublicAccountBlocked = 7;
    public const int PublicAccountSuspended = 9;
    public const int WebhookNotSet = 10;

    private static readonly string[] Names =
    [
        "ok", "invalidUrl", "invalidAuthToken", "badData", "missingData", "receiverNotRegistered", "receiverNotSubscribed", "publicAccountBlocked", "publicAccountNotFound",
        "publicAccountSuspended", "webhookNotSet", "receiverNoSuitableDevice", "tooManyRequests", "apiVersionNotSupported", "incompatibleWithVersion", "publicAccountNotAuthorized",
        "inchatReplyMessageNotAllowed", "publicAccountIsNotInline", "noPublicChat", "cannotSendBroadcast", "broadcastNotAllowed", "unsupportedCountry", "paymentUnsupported",
        "freeMessagesExceeded", "noBalance",
    ];

    /// <summary>All numbers with a name.</summary>
    public static IEnumerable<int> All => Enumerable.Range(0, Names.Length);

    /// <summary>The symbolic name; <c>generalError</c> for a number without one.</summary>
    public static string NameOf(int status) => status >= 0 && status < Names.Length ? Names[status] : "generalError";
}
