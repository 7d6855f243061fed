namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>Whether the public URL is proven to reach our receiver before it is registered.</summary>
public enum ProbeMode
{
    /// <summary>A value this version of the operator does not know; never written.</summary>
    Unrecognized,

    /// <summary>A nonce is sent to the public URL and must come back signed by our receiver.</summary>
    Enabled,

    /// <summary>The URL is registered unproven.</summary>
    Disabled,
}
