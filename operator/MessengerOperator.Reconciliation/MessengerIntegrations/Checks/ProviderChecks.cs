using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Checks;

/// <summary>The provider stays, and exactly its block is there.</summary>
internal static class ProviderChecks
{
    public static IEnumerable<SpecViolation> Of(MessengerIntegrationSpec spec, MessengerProvider? accepted) =>
    [
        .. Rule.IsRecognized(spec.Provider, "spec.provider"),
        .. ProviderIsImmutable(spec.Provider, accepted),
        .. BlockBelongsToProvider(spec, MessengerProvider.Facebook, spec.Facebook, "spec.facebook", SpecMessages.FacebookNeedsItsBlock, SpecMessages.FacebookBlockBelongsToFacebook),
        .. BlockBelongsToProvider(spec, MessengerProvider.Line, spec.Line, "spec.line", SpecMessages.LineNeedsItsBlock, SpecMessages.LineBlockBelongsToLine),
        .. BlockBelongsToProvider(spec, MessengerProvider.Nexmo, spec.Nexmo, "spec.nexmo", SpecMessages.NexmoNeedsItsBlock, SpecMessages.NexmoBlockBelongsToNexmo),
        .. BlockBelongsToProvider(spec, MessengerProvider.Telegram, spec.Telegram, "spec.telegram", SpecMessages.TelegramNeedsItsBlock, SpecMessages.TelegramBlockBelongsToTelegram),
        .. BlockBelongsToProvider(spec, MessengerProvider.Viber, spec.Viber, "spec.viber", SpecMessages.ViberNeedsItsBlock, SpecMessages.ViberBlockBelongsToViber),
        .. ManagedFacebookNeedsAppId(spec),
    ];

    private static IEnumerable<SpecViolation> ProviderIsImmutable(MessengerProvider provider, MessengerProvider? accepted) =>
        Rule.Holds(accepted is null or MessengerProvider.Unrecognized || accepted == provider, "spec.provider", SpecMessages.ProviderIsImmutable);

    private static IEnumerable<SpecViolation> BlockBelongsToProvider(
        MessengerIntegrationSpec spec, MessengerProvider owner, object? block, string field, string needed, string foreign) =>
    [
        .. Rule.Holds(spec.Provider != owner || block is not null, field, needed),
        .. Rule.Holds(spec.Provider == owner || block is null, field, foreign),
    ];

    private static IEnumerable<SpecViolation> ManagedFacebookNeedsAppId(MessengerIntegrationSpec spec) => Rule.Holds(
        spec is not { Provider: MessengerProvider.Facebook, Facebook.AppId: null } || spec.Webhook.Registration == RegistrationMode.Manual,
        "spec.facebook.appId",
        SpecMessages.ManagedFacebookNeedsAppId);
}
