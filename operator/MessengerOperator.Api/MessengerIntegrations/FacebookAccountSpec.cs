using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>A page on Facebook Messenger.</summary>
public sealed record FacebookAccountSpec
{
    /// <summary>Username of the page, without a leading @. A page need not have one. Compared with what Facebook says.</summary>
    [Length(1, 128)]
    [ValidationRule("!self.startsWith('@')", SpecMessages.UsernameHasNoAt)]
    public string? PageUsername { get; init; }

    /// <summary>Numeric id of the page, as shown under its About. In quotes: it is text.</summary>
    [Required]
    [Length(1, 32)]
    [ValidationRule("self.matches('^[0-9]+$')", SpecMessages.PageIdIsDigits)]
    public string PageId { get; init; } = "";

    /// <summary>Page access token. Needs the permissions pages_messaging, pages_manage_metadata and pages_show_list.</summary>
    [Required]
    public SecretKeySelector PageAccessToken { get; init; } = new();

    /// <summary>
    /// Token that Facebook shows when it checks the webhook. Without it one is generated, kept in the Secret <c>NAME-webhook</c> and never changed
    /// unasked.
    /// </summary>
    public SecretKeySelector? WebhookVerifyToken { get; init; }

    /// <summary>Numeric id of the Meta app that holds the webhook. Needed unless <c>webhook.registration</c> is Manual. In quotes: it is text.</summary>
    [Length(1, 32)]
    [ValidationRule("self.matches('^[0-9]+$')", SpecMessages.AppIdIsDigits)]
    public string? AppId { get; init; }

    /// <summary>App secret of the Meta app; it signs every request from Facebook.</summary>
    [Required]
    public SecretKeySelector AppSecret { get; init; } = new();
}
