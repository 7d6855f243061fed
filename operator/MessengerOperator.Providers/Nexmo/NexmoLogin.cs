using System.Net.Http.Headers;
using System.Text;
using MessengerOperator.Providers.Accounts;

namespace MessengerOperator.Providers.Nexmo;

/// <summary>Whom a call is made for, and where.</summary>
/// <param name="Account">The account that pays with its budget, and whose secrets are kept out of texts.</param>
/// <param name="ApiKey">The API key: from the spec, or from the ledger when a registration is removed.</param>
/// <param name="BaseAddress">Base address of the API family that the call belongs to.</param>
internal sealed record NexmoLogin(ProviderAccount Account, string ApiKey, Uri BaseAddress)
{
    /// <summary>Key and secret, out of the URL on purpose: Vonage also takes them as query parameters.</summary>
    public AuthenticationHeaderValue Authorization() =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ApiKey}:{Account.Credential(NexmoCredentials.ApiSecret).Reveal()}")));

    /// <summary>The address of a path below the base address.</summary>
    public Uri Address(string path) => new($"{BaseAddress.AbsoluteUri.TrimEnd('/')}/{path}");
}
