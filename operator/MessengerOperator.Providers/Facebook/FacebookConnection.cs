using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;

namespace MessengerOperator.Providers.Facebook;

/// <summary>"Test Connection": is the token good, is it the page's, was it made for the app, does the secret belong to it, may it do what we need?</summary>
internal sealed class FacebookConnection(FacebookClient client, TimeProvider time)
{
    private readonly FacebookReadings<FacebookToken> _tokens = new(time);

    public async Task<ProviderResult<AccountIdentity>> TestAsync(ProviderAccount account, CancellationToken cancellationToken)
    {
        var answer = await GetPageAsync(account, cancellationToken);
        if (!answer.TryGet(out var page, out var failure))
        {
            return failure;
        }

        var wanted = account.Settings.Text(FacebookProvider.PageUsername)?.TrimStart('@');
        if (Mismatch(page, wanted, account.Settings.Text(FacebookProvider.PageId)) is { } advice)
        {
            return new ProviderFailure.AccountMismatch(advice, ProviderText.Sanitise($"the token belongs to the page {page.Id} ({page.Username ?? page.Name})", account));
        }

        DateTimeOffset? expiry = null;
        if (account.Settings.Text(FacebookProvider.AppId) is { } app)
        {
            var inspection = await InspectAsync(account, app, cancellationToken);
            if (!inspection.TryGet(out var token, out failure) || (failure = FacebookTokenCheck.Problem(token, page.Id, app, account)) is not null)
            {
                return failure;
            }

            expiry = FacebookTokenCheck.Expiry(token);
        }

        return new AccountIdentity(page.Id, page.Username, page.Name, expiry) { Warnings = wanted is not null && page.Username is null ? [FacebookAdvice.NoUsername] : [] };
    }

    private async Task<ProviderResult<FacebookPage>> GetPageAsync(ProviderAccount account, CancellationToken cancellationToken)
    {
        var page = await client.GetPageAsync(account, cancellationToken);
        return page.Failure is ProviderFailure.InvalidCredentials { Advice: FacebookAdvice.AppSecretOfToken } ? await FindCauseAsync(account, page, cancellationToken) : page;
    }

    /// <summary>
    /// A person's token, a token of another app and a wrong app secret are one and the same error. The person answers when not asked for what only pages have; the app,
    /// when it may call with this secret, says whether the token is its own.
    /// </summary>
    private async Task<ProviderResult<FacebookPage>> FindCauseAsync(ProviderAccount account, ProviderResult<FacebookPage> refused, CancellationToken cancellationToken)
    {
        var node = await client.GetNodeAsync(account, cancellationToken);
        if (node.TryGet(out var person, out var failure))
        {
            return new ProviderFailure.AccountMismatch(FacebookAdvice.NotAPage, ProviderText.Sanitise($"the token belongs to {person.Id}", account));
        }

        if (failure is not ProviderFailure.InvalidCredentials || account.Settings.Text(FacebookProvider.AppId) is not { } app)
        {
            return failure;
        }

        var inspection = await InspectAsync(account, app, cancellationToken);
        return inspection.Failure ?? refused;
    }

    private static string? Mismatch(FacebookPage page, string? username, string? id) =>
        page.Id != id ? FacebookAdvice.OtherPage
        : username is not null && page.Username is not null && !string.Equals(username, page.Username, StringComparison.OrdinalIgnoreCase) ? FacebookAdvice.OtherUsername
        : null;

    /// <summary>What the app says of the token. That the token itself works, /me has just said, so one that was good within the hour is not asked about while the app's quota is short.</summary>
    private Task<ProviderResult<FacebookToken>> InspectAsync(ProviderAccount account, string app, CancellationToken cancellationToken) => _tokens.ReadAsync(
        _tokens.KeyOf(app, account.Credential(FacebookCredentials.AppSecret), account.Credential(FacebookCredentials.PageAccessToken)),
        client.Usage.IsHigh(FacebookCall.AppBudget(app)) ? FacebookReadings<FacebookToken>.Longest : TimeSpan.Zero,
        async () =>
        {
            var answer = await client.InspectTokenAsync(account, app, cancellationToken);
            return answer.TryGet(out var inspection, out var failure) ? inspection.Data : failure;
        },
        token => token.IsValid);
}
