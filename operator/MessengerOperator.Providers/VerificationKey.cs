namespace MessengerOperator.Providers;

/// <summary>A secret that the receiver verifies requests with.</summary>
/// <param name="Name">The provider's name for it; the webhook half asks for it under this name.</param>
/// <param name="CredentialField">The credential that it is; null when it is the webhook token that the operator generates.</param>
/// <param name="HandshakeOnly">Whether only the provider's check of the URL needs it, so that requests can be verified without.</param>
public sealed record VerificationKey(string Name, string? CredentialField, bool HandshakeOnly = false);
