using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Providers;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Secrets;

/// <summary>What the generated Secret <c>NAME-webhook</c> holds.</summary>
/// <param name="Name">The Secret's name.</param>
/// <param name="Token">See <see cref="WebhookSecretKeys.Token"/>; where the spec gives a token of its own, that one.</param>
/// <param name="ProbeKey">See <see cref="WebhookSecretKeys.ProbeKey"/>.</param>
internal sealed record WebhookSecret(string Name, Secret Token, Secret ProbeKey)
{
    /// <summary>The token before, while both are accepted; null when there is none.</summary>
    public Secret? FormerToken { get; init; }

    /// <summary>The request for rotation that the token was made for; null when it was made for none.</summary>
    public string? Rotation { get; init; }

    /// <summary>Where the token is kept.</summary>
    public SecretKeySelector TokenRef { get; init; } = new() { Name = Name, Key = WebhookSecretKeys.Token };

    /// <summary>What this pass did with the token.</summary>
    public TokenChange Change { get; init; }

    /// <summary>The tokens that are valid, the current one first.</summary>
    public IReadOnlyList<Secret> Tokens => FormerToken is { } former ? [Token, former] : [Token];
}
