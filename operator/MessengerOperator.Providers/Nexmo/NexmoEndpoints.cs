using MessengerOperator.Providers.Http;

namespace MessengerOperator.Providers.Nexmo;

/// <summary>
/// Vonage's two families of APIs and where they are served from. An address in the spec comes first, then the operator's configuration
/// (<c>NexmoRest</c>, <c>NexmoApi</c>, and <c>NexmoApiUs</c>, <c>NexmoApiEu</c>, <c>NexmoApiAp</c> for one region), then Vonage's own.
/// </summary>
internal static class NexmoEndpoints
{
    private const string RestName = "NexmoRest";
    private const string ApiName = "NexmoApi";

    private static readonly Uri PublicRest = new("https://rest.nexmo.com");
    private static readonly Uri PublicApi = new("https://api.nexmo.com");

    private static readonly Dictionary<string, Uri> Regions = new(StringComparer.Ordinal)
    {
        ["Us"] = new("https://api-us.vonage.com"),
        ["Eu"] = new("https://api-eu.vonage.com"),
        ["Ap"] = new("https://api-ap.vonage.com"),
    };

    /// <summary>Base address of the legacy API: account settings and numbers.</summary>
    public static Uri Rest(ProviderSettings settings, ProviderHttp http) => settings.Address("restBaseUrl") ?? http.BaseAddress(RestName, PublicRest);

    /// <summary>Base address of the newer APIs: secrets and applications.</summary>
    public static Uri Api(ProviderSettings settings, ProviderHttp http) =>
        settings.Address("apiBaseUrl") ?? (settings.Text("region") is { } region && Regions.ContainsKey(region) ? Regional(region, http) : http.BaseAddress(ApiName, PublicApi));

    /// <summary>The address in the settings that a registration of this scope is made at; null for the usual one.</summary>
    public static Uri? InSettings(ProviderSettings settings, NexmoScope? scope) => scope is NexmoScope.Application
        ? settings.Address("apiBaseUrl") ?? (settings.Text("region") is { } region ? Regions.GetValueOrDefault(region) : null)
        : settings.Address("restBaseUrl");

    /// <summary>The address for a removal, whose settings hold only what <see cref="InSettings"/> gave.</summary>
    public static Uri ForRemoval(ProviderSettings settings, NexmoScope scope, ProviderHttp http)
    {
        var recorded = settings.Address("apiBaseUrl");
        if (scope is not NexmoScope.Application)
        {
            return recorded ?? http.BaseAddress(RestName, PublicRest);
        }

        // A region is recorded as its public address, which the operator's configuration may replace.
        return recorded is null ? http.BaseAddress(ApiName, PublicApi)
            : Regions.FirstOrDefault(region => region.Value == recorded).Key is { } name ? Regional(name, http)
            : recorded;
    }

    private static Uri Regional(string region, ProviderHttp http) => http.BaseAddress(ApiName + region, http.BaseAddress(ApiName, Regions[region]));
}
