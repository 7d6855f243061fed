using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Sinks;

/// <summary>The Secrets that a sink's block names, apart from those of HTTP headers.</summary>
internal static class SinkSelectors
{
    /// <summary>What the sink's bearer token is called.</summary>
    public const string BearerToken = "bearer-token";

    /// <summary>What the name of the broker's user is called.</summary>
    public const string Username = "username";

    /// <summary>What the password of the broker's user is called.</summary>
    public const string Password = "password";

    /// <summary>What our certificate is called.</summary>
    public const string ClientCertificate = "client-certificate";

    /// <summary>What the key of our certificate is called.</summary>
    public const string ClientKey = "client-key";

    /// <summary>Each with what it is and its field's name.</summary>
    public static IEnumerable<(string What, string Field, SecretKeySelector Selector)> Of(SinkSpec? sink)
    {
        var broker = BrokerSpec.Of(sink);
        (string What, string Field, SecretKeySelector? Selector)[] all =
        [
            (BearerToken, "bearerToken", sink?.Http?.BearerToken),
            (Username, "username", broker?.Username),
            (Password, "password", broker?.Password),
            (ClientCertificate, "clientCertificate", sink?.Http?.ClientCertificate ?? broker?.Tls?.ClientCertificate),
            (ClientKey, "clientKey", sink?.Http?.ClientKey ?? broker?.Tls?.ClientKey),
        ];
        return all.Where(each => each.Selector is not null).Select(each => (each.What, each.Field, each.Selector!));
    }

    /// <summary>Names of all Secrets of a sink, those of HTTP headers included.</summary>
    public static IEnumerable<string> SecretNames(SinkSpec? sink) =>
        Of(sink).Select(each => each.Selector.Name).Concat((sink?.Http?.Headers ?? []).Select(header => header.ValueFrom?.Name).OfType<string>());
}
