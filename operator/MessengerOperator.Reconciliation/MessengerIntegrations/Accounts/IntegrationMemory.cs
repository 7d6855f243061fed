using MessengerOperator.Providers.Accounts;
using MessengerOperator.Reconciliation.MessengerIntegrations.Probing;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Accounts;

/// <summary>
/// What is remembered of one integration between passes, so that a pass over an unchanged world asks nobody anything. All of it may be lost:
/// after a restart each account is simply asked once more, within the providers' budget.
/// </summary>
/// <remarks>Used by one pass at a time, since a key is processed by one worker.</remarks>
internal sealed class IntegrationMemory
{
    /// <summary>The latest connection test that gave a verdict.</summary>
    public Remembered<ProviderResult<AccountIdentity>>? Test { get; set; }

    /// <summary>The latest connection test that succeeded, for the grace period.</summary>
    public Remembered<AccountIdentity>? LastGood { get; set; }

    /// <summary>The latest probe of the public URL.</summary>
    public Remembered<ProbeResult>? Probe { get; set; }

    /// <summary>The latest reading of the registration.</summary>
    public Remembered<ObservedWebhook>? Observation { get; set; }

    /// <summary>URL and key that a probe has reached, as a fingerprint; null when none has.</summary>
    public string? ReachedAs { get; set; }

    /// <summary>Receiver and webhook token that the provider is known to have, as a fingerprint; null when that is not known yet.</summary>
    public string? ConfirmedAs { get; set; }

    /// <summary>Which of its receiver settings do not count in its group, as told last; null when all do.</summary>
    public string? IgnoredSettingsTold { get; set; }

    /// <summary>Whether it was told that the receiver's pods are kept as they are.</summary>
    public bool IsHoldTold { get; set; }

    /// <summary>Why the receiver lacks a pod that it can do without, as it was told last; null when it lacks none.</summary>
    public string? ShortTold { get; set; }

    /// <summary>Consecutive probes that failed.</summary>
    public int FailedProbes { get; set; }

    /// <summary>Consecutive refusals of the Ingress or HTTPRoute.</summary>
    public int RefusedRoutes { get; set; }

    /// <summary>Why the latest registration failed; null when it did not.</summary>
    public Remembered<ProviderFailure>? RegistrationFailure { get; set; }

    /// <summary>Before this time a failed registration is not tried again, unless something changes.</summary>
    public DateTimeOffset? RegistrationNotBefore { get; set; }

    /// <summary>Consecutive registrations that the provider took and that somebody else had overwritten when they were read back.</summary>
    public int Overwritten { get; set; }

    /// <summary>Consecutive registrations that could not be made.</summary>
    public int FailedRegistrations { get; set; }

    /// <summary>Which settings of our registrations somebody else changed, by scope, until they are repaired and told; the whole account's under the empty name.</summary>
    public Dictionary<string, string> Drift { get; } = new(StringComparer.Ordinal);

    /// <summary>Since when a genuine request proves a registration that was made by hand; null while none has been seen.</summary>
    public Remembered<DateTimeOffset>? ProvenByHand { get; set; }

    /// <summary>The last warning about credentials that run out, in days before; null when none was given.</summary>
    public int? ExpiryTold { get; set; }

    /// <summary>The provider's warnings about the account that were told last.</summary>
    public string? WarningsTold { get; set; }

    /// <summary>The value of <c>requested-at</c> that the latest tests answered.</summary>
    public string? HandledRequest { get; set; }

    /// <summary>The value of <c>requested-at</c> that was acted upon last, answered or not: one that could not be answered is retried at the usual pace.</summary>
    public string? TriedRequest { get; set; }

    /// <summary>What the spec and the credentials were in the latest pass; a change resets the call budget.</summary>
    public string? BudgetFingerprint { get; set; }

    /// <summary>Why the latest call could not tell; null when it could.</summary>
    public ProviderFailure? LastInconclusive { get; set; }

    /// <summary>Before this time the provider is not asked again; null when the latest call gave a verdict.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>Consecutive passes that could not tell; sets the pace of retries.</summary>
    public int Inconclusive { get; set; }

    /// <summary>Whether the registrations were removed, or given up, before deletion.</summary>
    public bool IsFinalized { get; set; }
}
