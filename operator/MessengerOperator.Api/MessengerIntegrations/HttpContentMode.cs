namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>Where a CloudEvent's attributes are in a request.</summary>
public enum HttpContentMode
{
    /// <summary>A value this version of the operator does not know; never written.</summary>
    Unrecognized,

    /// <summary>In headers, with the data as the body.</summary>
    Binary,

    /// <summary>In the body, one JSON document with the data.</summary>
    Structured,
}
