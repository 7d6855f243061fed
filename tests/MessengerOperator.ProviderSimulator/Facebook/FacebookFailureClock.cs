using MessengerOperator.ProviderSimulator.Accounts;

namespace MessengerOperator.ProviderSimulator.Facebook;

/// <summary>How long deliveries for a page have failed: after a quarter of an hour the developers are alerted, after an hour the page's subscription ends.</summary>
internal sealed class FacebookFailureClock(FacebookAccount page)
{
    private static readonly TimeSpan AlertAfter = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan EndAfter = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private DateTimeOffset? _failingSince;
    private bool _alerted;

    public void Reset()
    {
        lock (_gate)
        {
            (_failingSince, _alerted) = (null, false);
        }
    }

    /// <summary>Takes note of an answer for the page.</summary>
    public void Note(bool taken)
    {
        if (taken)
        {
            Reset();
            return;
        }

        var elapsed = Elapsed();
        if (elapsed >= EndAfter && page.Api.Fields is not null)
        {
            page.Api.Change(RegistrationActor.Provider, fields: null, "Webhooks disabled: deliveries have failed for an hour");
        }
        else if (elapsed >= AlertAfter && MayAlert())
        {
            page.Record(new RegistrationEvent(
                page.App.State.Time.Now, RegistrationActor.Provider, RegistrationChange.Warned, "alert", new Dictionary<string, string>(), StatusCodes.Status200OK, "Deliveries have failed for 15 minutes")
            {
                Scope = FacebookPageApi.Scope,
            });
        }
    }

    private TimeSpan Elapsed()
    {
        lock (_gate)
        {
            _failingSince ??= page.App.State.Time.Now;
            return page.App.State.Time.ProviderElapsed(_failingSince.Value);
        }
    }

    private bool MayAlert()
    {
        lock (_gate)
        {
            return !_alerted && (_alerted = true);
        }
    }
}
