using System.Text.Json;
using MessengerOperator.Providers.Http;

namespace MessengerOperator.Providers.Facebook;

/// <summary>Reads the headers in which Facebook says how much of a quota is used.</summary>
internal sealed class FacebookUsage(TimeProvider time)
{
    private const string AppHeader = "X-App-Usage";
    private const string BusinessHeader = "X-Business-Use-Case-Usage";
    private const double High = 80;

    // Facebook counts over a sliding hour and gives no time for the app level.
    private static readonly TimeSpan DefaultPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan StaysHigh = TimeSpan.FromMinutes(10);

    private readonly FacebookReadings<bool> _high = new(time);

    /// <summary>Takes note of what an answer says, good or not.</summary>
    /// <param name="budgetKey">Whose quota it is: <see cref="ProviderCall.BudgetKey"/>.</param>
    /// <param name="answer">The answer.</param>
    public void Note(string budgetKey, ProviderAnswer answer)
    {
        if (Read(answer.Header(AppHeader), FacebookJson.Default.FacebookAppUsage) is { Highest: >= High })
        {
            _high.Remember(budgetKey, value: true, time.GetUtcNow());
        }
    }

    /// <summary>Whether 80 % of the quota were used when it was last heard of, within ten minutes.</summary>
    public bool IsHigh(string budgetKey) => _high.TryGet(budgetKey, StaysHigh, out _);

    /// <summary>How long to stay away after a refusal: what Facebook estimates, or five minutes.</summary>
    public static TimeSpan Pause(ProviderAnswer answer)
    {
        var minutes = Read(answer.Header(BusinessHeader), FacebookJson.Default.DictionaryStringIReadOnlyListFacebookBusinessUsage)?
            .SelectMany(account => account.Value)
            .Select(usage => usage.EstimatedTimeToRegainAccess)
            .DefaultIfEmpty()
            .Max();
        return minutes is > 0 and < 1_000_000 ? ProviderHttp.Clamp(TimeSpan.FromMinutes(minutes.Value)) : DefaultPause;
    }

    private static T? Read<T>(string? header, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return header is null ? null : JsonSerializer.Deserialize(header, type);
        }
        catch (JsonException)
        {
            return null; // a hint, no more
        }
    }
}
