using System.Security.Cryptography;
using System.Text;
using MessengerOperator.ProviderSimulator.Delivery;

namespace MessengerOperator.ProviderSimulator.Viber;

/// <summary>Signs what goes to a webhook, in a header and in the query.</summary>
internal static class ViberSignature
{
    private const string HeaderName = "X-Viber-Content-Signature";
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The request, signed with the bot's token of this moment. A query that the registered URL has is dropped.</summary>
    public static WebhookRequest Sign(ViberAccount account, Uri url, string json)
    {
        var body = Encoding.UTF8.GetBytes(json);
        var request = new WebhookRequest { Url = url, Body = body, Headers = [new("Content-Type", "application/json")], Timeout = AnswerTimeout };
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(account.Token ?? string.Empty), body));
        return With(request, signature, account.Settings.IsOn(ViberSettings.SignatureHeader));
    }

    /// <summary>The same with another signature; none where it is null.</summary>
    public static WebhookRequest With(WebhookRequest request, string? signature, bool header) => request with
    {
        Url = new UriBuilder(request.Url!) { Query = signature is null ? string.Empty : $"sig={signature}" }.Uri,
        Headers = [.. request.Headers.Where(other => !other.IsProof), .. header && signature is not null ? [new WebhookHeader(HeaderName, signature, IsProof: true)] : Array.Empty<WebhookHeader>()],
    };
}
