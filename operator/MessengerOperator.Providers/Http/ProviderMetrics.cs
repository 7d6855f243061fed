using System.Diagnostics;
using System.Diagnostics.Metrics;
using MessengerOperator.Providers.Accounts;

namespace MessengerOperator.Providers.Http;

/// <summary>What the operator's calls to providers cost and how they end.</summary>
public sealed class ProviderMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "MessengerOperator.Providers";

    private readonly Counter<long> _calls;
    private readonly Histogram<double> _duration;

    /// <summary>Makes the instruments.</summary>
    public ProviderMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _calls = meter.CreateCounter<long>("messenger_operator.provider.calls", "{call}", "Calls to providers by operation and result.");
        _duration = meter.CreateHistogram<double>(
            "messenger_operator.provider.call.duration",
            "s",
            "Time a call to a provider took.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30, 60] });
    }

    internal void Called(ProviderCall call, ProviderFailure? failure, TimeSpan took)
    {
        var tags = new TagList { { "provider", call.Provider }, { "operation", call.Operation }, { "result", ResultName(failure) } };
        _calls.Add(1, tags);
        _duration.Record(took.TotalSeconds, tags);
    }

    /// <summary>The result as a metric label.</summary>
    internal static string ResultName(ProviderFailure? failure) => failure switch
    {
        null => "ok",
        ProviderFailure.InvalidCredentials => "invalid_credentials",
        ProviderFailure.InsufficientPermission => "insufficient_permission",
        ProviderFailure.AccountMismatch => "account_mismatch",
        ProviderFailure.Throttled => "throttled",
        ProviderFailure.Unavailable => "unavailable",
        ProviderFailure.Rejected => "rejected",
        _ => "unknown",
    };
}
