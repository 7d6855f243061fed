namespace MessengerOperator.Providers;

/// <summary>A credential that the spec refers to with a SecretKeySelector.</summary>
/// <param name="Field">Name of the selector's field in the provider's block, for example <c>apiToken</c>.</param>
/// <param name="Required">Whether an account works without it.</param>
/// <param name="Problem">
/// Looks at a value's form; null when it is well formed, otherwise one fixed sentence that says what is wrong and never quotes the value.
/// </param>
public sealed record CredentialField(string Field, bool Required, Func<Secret, string?> Problem);
