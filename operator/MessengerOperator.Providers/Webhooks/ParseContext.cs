namespace MessengerOperator.Providers.Webhooks;

/// <summary>What a body is read with.</summary>
/// <param name="AccountId">The account at the provider when the path belongs to one; null when it is not known or several share the path.</param>
/// <param name="Settings">The provider's block of the spec.</param>
/// <param name="ReceivedAt">Time of arrival; stands in where the provider gives no time.</param>
public readonly record struct ParseContext(string? AccountId, ProviderSettings Settings, DateTimeOffset ReceivedAt);
