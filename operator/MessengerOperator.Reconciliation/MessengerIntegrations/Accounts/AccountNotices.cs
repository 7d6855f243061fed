using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Runtime.Events;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Accounts;

/// <summary>Tells in Events what is right today and may not be tomorrow: credentials that run out, and what the provider's settings may surprise with.</summary>
internal sealed class AccountNotices(EventPublisher publish, TimeProvider time)
{
    // Days before the end, the nearest first.
    private static readonly int[] Thresholds = [1, 7, 14];

    /// <summary>Tells what is new since the last time: each threshold once, and warnings when they change.</summary>
    public void Tell(MessengerIntegrationContext context, AccountIdentity identity)
    {
        TellExpiry(context, identity.CredentialsExpireAt);
        var warnings = string.Join(" ", identity.Warnings);
        if (warnings.Length > 0 && warnings != context.Memory.WarningsTold)
        {
            publish(context.Entity, MessengerIntegrationReasons.AccountNotice, warnings, EventType.Warning);
        }

        context.Memory.WarningsTold = warnings;
    }

    private void TellExpiry(MessengerIntegrationContext context, DateTimeOffset? end)
    {
        var left = end - time.GetUtcNow();
        int? reached = Thresholds.Where(days => left <= TimeSpan.FromDays(days)).Select(days => (int?)days).FirstOrDefault();
        if (reached is { } days && (context.Memory.ExpiryTold is not { } told || days < told))
        {
            publish(context.Entity, MessengerIntegrationReasons.CredentialsExpiring, Messages.CredentialsExpiring(days), EventType.Warning);
        }

        context.Memory.ExpiryTold = reached;
    }
}
