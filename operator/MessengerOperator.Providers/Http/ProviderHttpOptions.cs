using System.ComponentModel.DataAnnotations;

namespace MessengerOperator.Providers.Http;

/// <summary>How the operator calls providers.</summary>
public sealed class ProviderHttpOptions
{
    /// <summary>Seconds for one call, answer included. Default 15, 1 to 120.</summary>
    /// <value>The default is 15.</value>
    [Range(1, 120)]
    public int TimeoutSeconds { get; set; } = 15;

    /// <summary>
    /// Base addresses in place of the providers' public ones, by the name that the provider's README gives (<c>Telegram</c>). For a private
    /// Bot API server or the simulator.
    /// </summary>
    public Dictionary<string, Uri> BaseAddresses { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Hosts that a spec may name as a provider's base address (<c>telegram.apiBaseUrl</c>), exactly or as <c>*.example.org</c>; empty allows none.
    /// Without such a list anybody who may create an integration could make the operator call any address.
    /// </summary>
    public List<string> AllowedBaseHosts { get; } = [];

    /// <summary>Calls that one account may make at once after a pause. Default 20, 4 to 1000.</summary>
    /// <value>The default is 20.</value>
    [Range(4, 1000)]
    public int AccountBurst { get; set; } = 20;

    /// <summary>Calls per minute that one account may make in the long run, whatever fails. Default 10, 1 to 600.</summary>
    /// <value>The default is 10.</value>
    [Range(1, 600)]
    public int AccountCallsPerMinute { get; set; } = 10;

    /// <summary>Calls per second that all accounts of one provider may make together. Default 20, 1 to 1000.</summary>
    /// <value>The default is 20.</value>
    [Range(1, 1000)]
    public int ProviderCallsPerSecond { get; set; } = 20;

    /// <summary>Whether a spec may name this address as a provider's base address.</summary>
    public bool Allows(Uri address) => AllowedBaseHosts.Exists(pattern =>
        pattern.StartsWith("*.", StringComparison.Ordinal)
            ? address.Host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
            : string.Equals(address.Host, pattern, StringComparison.OrdinalIgnoreCase));
}
