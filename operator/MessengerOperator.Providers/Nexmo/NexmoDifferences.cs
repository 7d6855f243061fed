using MessengerOperator.Providers.Accounts;

namespace MessengerOperator.Providers.Nexmo;

/// <summary>Compares the URLs that Vonage shows with what is wanted.</summary>
internal static class NexmoDifferences
{
    /// <summary>The URL for messages is another.</summary>
    public const string InboundUrl = "inboundUrl";

    /// <summary>The URL for states of sent messages is another.</summary>
    public const string StatusUrl = "statusUrl";

    /// <summary>An address that is there: Vonage writes an empty one for none.</summary>
    public static string? Given(string? url) => string.IsNullOrEmpty(url) ? null : url;

    /// <summary>What differs, both URLs being wanted alike.</summary>
    public static List<string> Of(WebhookTarget target, string? inboundUrl, string? statusUrl)
    {
        var differences = new List<string>();
        if (!target.Is(inboundUrl))
        {
            differences.Add(InboundUrl);
        }

        if (!target.Is(statusUrl))
        {
            differences.Add(StatusUrl);
        }

        return differences;
    }

    /// <summary>What a removal found, when none of these is ours.</summary>
    public static Deregistration NothingOfOurs(params ReadOnlySpan<string?> urls)
    {
        foreach (var url in urls)
        {
            if (Given(url) is not null)
            {
                return Deregistration.NotOurs;
            }
        }

        return Deregistration.AlreadyGone;
    }
}
