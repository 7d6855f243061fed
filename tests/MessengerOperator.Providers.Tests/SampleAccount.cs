using System.Text.Json;
using MessengerOperator.Providers.Accounts;

namespace MessengerOperator.Providers.Tests;

/// <summary>An account for the suite of the account half.</summary>
/// <param name="Name">Names it in a failed test.</param>
/// <param name="Settings">The provider's block of the spec, as JSON.</param>
/// <param name="Credentials">Every credential, also the optional ones, by field.</param>
internal sealed record SampleAccount(string Name, string Settings, IReadOnlyDictionary<string, string> Credentials)
{
    /// <summary>As the operator hands it to the provider.</summary>
    public ProviderAccount ToAccount() => new(
        Name,
        new ProviderSettings(JsonDocument.Parse(Settings).RootElement),
        Credentials.ToDictionary(credential => credential.Key, credential => new Secret(credential.Value)))
    {
        DisplayName = "Acme Support",
    };
}
