namespace MessengerOperator.Providers.Facebook;

/// <summary>The kinds of event that we subscribe to, at both levels.</summary>
internal static class FacebookFields
{
    /// <summary>What a contact centre can use. Feed, mentions and the like are not conversations.</summary>
    public static IReadOnlyList<string> Wanted { get; } =
    [
        "messages",
        "messaging_postbacks",
        "message_deliveries",
        "message_reads",
        "message_echoes",
        "message_edits",
        "message_reactions",
        "messaging_optins",
        "messaging_referrals",
    ];

    /// <summary>As a parameter of a call.</summary>
    public static string Parameter { get; } = string.Join(',', Wanted);

    /// <summary>Whether a subscription has exactly these, in whatever order. A POST replaces the list, so more is as much a difference as less.</summary>
    public static bool Are(IEnumerable<string?>? subscribed) => subscribed is not null && Wanted.ToHashSet(StringComparer.Ordinal).SetEquals(subscribed.OfType<string>());
}
