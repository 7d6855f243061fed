using System.ComponentModel.DataAnnotations;

namespace MessengerOperator.Reconciliation.MessengerIntegrations;

/// <summary>An address that is scheme, host and port, and with <see cref="WithPath"/> a path; never a user, a query or a fragment. The error does not repeat the value, which may hold a password.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AuthorityAttribute : ValidationAttribute
{
    /// <summary>The error, which names the property.</summary>
    public AuthorityAttribute()
        : base("{0} must be a whole address with scheme and host, without user, query or fragment: https, or where the option says so http; a path only where the option says so.")
    {
    }

    /// <summary>Whether http does as well as https.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>Whether it may have a path.</summary>
    public bool WithPath { get; set; }

    /// <inheritdoc/>
    public override bool IsValid(object? value) => value is null || (value is Uri { IsAbsoluteUri: true } address
        && (address.Scheme == Uri.UriSchemeHttps || (AllowHttp && address.Scheme == Uri.UriSchemeHttp))
        && address.Host.Length > 0
        && (address.UserInfo, address.Query, address.Fragment) == ("", "", "")
        && (WithPath || address.AbsolutePath == "/"));
}
