namespace MessengerOperator.Providers.Facebook;

/// <summary>The fixed sentences that say what to do. They reach status, so they hold nothing that Facebook said.</summary>
internal static class FacebookAdvice
{
    public const string PageToken = "Facebook does not accept the page access token; make a new one and put it into the Secret that spec.facebook.pageAccessToken names.";

    public const string Expired =
        "The page access token has expired; make a long-lived one (from a long-lived user token or a system user) and put it into the Secret that spec.facebook.pageAccessToken names.";

    public const string PasswordChanged =
        "The page access token died when the person behind it changed the password or was logged out; make a new one and put it into the Secret that spec.facebook.pageAccessToken names.";

    public const string AppRemoved =
        "The person behind the page access token has removed the app; have them allow it again, make a new token and put it into the Secret that spec.facebook.pageAccessToken names.";

    public const string Checkpoint =
        "Facebook wants the person behind the page access token to log in and confirm the account; after that make a new token and put it into the Secret that spec.facebook.pageAccessToken names.";

    public const string AppOrSecret =
        "Facebook does not accept spec.facebook.appId together with the app secret; compare both with App settings, Basic, of the Meta app.";

    public const string AppSecretOfToken =
        "The app secret is not that of the app which the page access token was made for; take both from one Meta app.";

    public const string Permissions =
        "The page access token may not do this; it needs pages_messaging, pages_manage_metadata and pages_show_list, from a person who may manage the page. Grant them and store a new token.";

    public const string NoSuchPage =
        "The page access token does not reach the page spec.facebook.pageId; correct the id, or store a token of that page.";

    public const string NoSuchApp = "Facebook knows no app spec.facebook.appId that these credentials reach; correct the id.";

    public const string OtherApp =
        "The page access token was made for another app than spec.facebook.appId; correct the id, or store a token that this app was given.";

    public const string OtherPage = "The page access token belongs to another page than spec.facebook.pageId names; correct the id or the token.";

    public const string NotAPage = "The token is that of a person or system user, not of a page; store the page's token (me/accounts shows it).";

    public const string OtherUsername = "The page has another username than spec.facebook.pageUsername names; correct it, or leave it out.";

    public const string NoUsername = "The page has no username of its own, so that spec.facebook.pageUsername could not be compared; leave it out, or give the page that name.";

    public const string ReceiverCheck =
        "Facebook called the webhook URL to check it, and did not get the answer it wants; see that the URL leads to the receiver from the internet, with a certificate of a public CA.";

    public const string OwnersTurn =
        "The webhook of the Meta app is not set to this receiver yet; the oldest integration of this receiver group sets it, see its conditions.";

    public const string AppIdNeeded = "The webhook can be registered only with spec.facebook.appId; set it, or set webhook.registration to Manual.";

    public const string Refused = "Facebook refuses the request; the Event of this pass has its words. Check spec.webhook.url and spec.facebook.";

    /// <summary>The permissions that a token lacks, out of those that we need.</summary>
    public static string Missing(IEnumerable<string> permissions) =>
        $"The page access token lacks {string.Join(" and ", permissions)}; grant what is missing to the app, make a new token and put it into the Secret that spec.facebook.pageAccessToken names.";
}
