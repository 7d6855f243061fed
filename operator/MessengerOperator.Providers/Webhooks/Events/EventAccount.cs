namespace MessengerOperator.Providers.Webhooks;

/// <summary>The account at the messenger that an event belongs to.</summary>
/// <param name="Id">The provider's stable id; null while it is not known.</param>
/// <param name="Name">Its public name; null when it has none.</param>
public sealed record EventAccount(string? Id, string? Name);
