namespace MessengerOperator.Providers.Accounts;

/// <summary>What the provider has registered.</summary>
/// <param name="Url">The URL it delivers to; null when there is none.</param>
/// <param name="Differences">Settings that can be read back and differ from the target, as fixed names (<c>url</c>, <c>allowedUpdates</c>); empty when all agree.</param>
/// <param name="Delivery">What the provider says of its deliveries; null when it says nothing.</param>
/// <param name="ManualAction">A fixed text saying what somebody must do at the provider by hand; null when nothing.</param>
public sealed record ObservedWebhook(string? Url, IReadOnlyList<string> Differences, DeliveryReport? Delivery = null, string? ManualAction = null)
{
    // What the drivers call the settings without which no event comes to our URL.
    private static readonly HashSet<string> Destinations = new(StringComparer.Ordinal) { "url", "endpoint", "inboundUrl", "active", "subscription" };

    /// <summary>The provider does not show the registration to these credentials; only with manual registration.</summary>
    public static ObservedWebhook Invisible { get; } = new(Url: null, Differences: []) { IsVisible = false };

    /// <summary>Whether the provider shows the registration; when not, the first genuine request is the only sign of it.</summary>
    public bool IsVisible { get; init; } = true;

    /// <summary>Whether the provider shows that events do not go to our URL: to another, to none, or not at all. Other differences leave that open.</summary>
    public bool DeliversElsewhere => IsVisible && Differences.Any(Destinations.Contains);
}
