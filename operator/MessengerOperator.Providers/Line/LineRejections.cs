using System.Globalization;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;

namespace MessengerOperator.Providers.Line;

/// <summary>What to do about a webhook that LINE will not take, reach or remove.</summary>
internal static class LineRejections
{
    public const string TooLong = "LINE takes webhook URLs of at most 500 characters; shorten spec.webhook.path.";

    public const string BadUrl = "LINE refuses the webhook URL; it must be a public https address with a certificate of a public authority: check spec.webhook.url and spec.webhook.path.";

    public const string NotTested = "LINE has the webhook URL but does not test it yet; a change may take it a minute, the operator tries again.";

    public const string NotRemovable =
        "LINE does not let its API remove the webhook URL: in the LINE Developers Console, tab 'Messaging API', section 'Webhook settings', turn off 'Use webhook' or put in another URL.";

    public const string OtherAccount = "The Secret now holds the token of another LINE account.";

    /// <summary>A test call that did not end well. It may the next time, so it is retried.</summary>
    public static ProviderFailure OfTest(LineEndpointTest test, ProviderAccount account) => new ProviderFailure.Rejected(
        AdviceFor(test.Reason),
        Retry: true,
        ProviderText.Sanitise(string.Create(CultureInfo.InvariantCulture, $"{test.Reason} {test.StatusCode}: {test.Detail}"), account));

    // Upper case in the API's documentation, lower case in the console's statistics.
    private static string AdviceFor(string? reason) => reason?.ToUpperInvariant() switch
    {
        "COULD_NOT_CONNECT" =>
            "LINE cannot connect to the webhook URL: check that it is public, and that its certificate chain is complete and of a public authority, with TLS 1.2 or 1.3.",
        "REQUEST_TIMEOUT" =>
            "LINE got no answer from the webhook URL within its 2 seconds: check the way from the public address to the receiver, and the receiver's load.",
        "ERROR_STATUS_CODE" =>
            "LINE's signed test call got no success from the webhook URL: check that the URL leads to the receiver, and that the channel secret is the channel's present one; a secret just changed takes the receiver a minute.",
        _ => "LINE could not test the webhook URL and gives no known reason; the Event of this pass has its words.",
    };
}
