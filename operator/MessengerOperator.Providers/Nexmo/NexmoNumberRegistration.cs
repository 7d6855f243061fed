using MessengerOperator.Providers.Accounts;

namespace MessengerOperator.Providers.Nexmo;

/// <summary>Mode Sms: the webhook of one number. A number has no URL for delivery receipts; those go to the account's.</summary>
internal sealed class NexmoNumberRegistration(NexmoClient client, NexmoNumber number) : INexmoRegistration
{
    private const string NotRented = "The account rents no such number in that country; correct spec.nexmo.numbers, or rent the number.";
    private const string NoList = "Vonage lists no numbers for this account; see in its dashboard that the account rents those in spec.nexmo.numbers.";

    public async Task<ProviderResult<ObservedWebhook>> ObserveAsync(NexmoLogin login, WebhookTarget target, CancellationToken cancellationToken)
    {
        var answer = await FindAsync(login, cancellationToken);
        if (!answer.TryGet(out var found, out var failure))
        {
            return failure;
        }

        return found is { Number: { } owned }
            ? new ObservedWebhook(NexmoDifferences.Given(owned.InboundUrl), target.Is(owned.InboundUrl) ? [] : [NexmoDifferences.InboundUrl])
            : NotInAccount();
    }

    public async Task<ProviderResult<Registered>> RegisterAsync(NexmoLogin login, WebhookTarget target, CancellationToken cancellationToken)
    {
        var answer = await FindAsync(login, cancellationToken);
        if (!answer.TryGet(out var found, out var failure))
        {
            return failure;
        }

        if (found is not { Number: { } owned })
        {
            return NotInAccount();
        }

        var update = await client.UpdateNumberAsync(login, owned, target.Url.AbsoluteUri, cancellationToken);
        return update.TryGet(out _, out failure) ? new Registered(Changed: true) : failure;
    }

    public async Task<ProviderResult<Deregistration>> DeregisterAsync(NexmoLogin login, RegisteredWebhook webhook, CancellationToken cancellationToken)
    {
        var answer = await FindAsync(login, cancellationToken);
        if (!answer.TryGet(out var found, out var failure))
        {
            return failure;
        }

        // A number that was given back took its webhook with it.
        if (found is not { Number: { } owned })
        {
            return Deregistration.AlreadyGone;
        }

        if (!webhook.Is(owned.InboundUrl))
        {
            return NexmoDifferences.NothingOfOurs(owned.InboundUrl);
        }

        var removal = await client.UpdateNumberAsync(login, owned, "", cancellationToken);
        return removal.TryGet(out _, out failure) ? Deregistration.Removed : failure;
    }

    private async Task<ProviderResult<Found>> FindAsync(NexmoLogin login, CancellationToken cancellationToken)
    {
        var answer = await client.GetNumbersAsync(login, number.Msisdn, cancellationToken);
        if (!answer.TryGet(out var page, out var failure))
        {
            return failure;
        }

        // An object without count and list may come from anywhere, and is no proof that the number is not there.
        return page is { Count: null, Numbers: null }
            ? new ProviderFailure.Rejected(NoList, Retry: true, Detail: null)
            : new Found(page.Numbers?.FirstOrDefault(owned => owned?.Msisdn == number.Msisdn && string.Equals(owned.Country, number.Country, StringComparison.OrdinalIgnoreCase)));
    }

    private ProviderFailure.AccountMismatch NotInAccount() => new(NotRented, $"number {number.Msisdn}, country {number.Country}");

    /// <summary>The number, if the account has it.</summary>
    private sealed record Found(NexmoOwnedNumber? Number);
}
