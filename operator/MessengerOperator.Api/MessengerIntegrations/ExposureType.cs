namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>Who routes the public URL to the receiver's Service.</summary>
public enum ExposureType
{
    /// <summary>A value this version of the operator does not know; never written.</summary>
    Unrecognized,

    /// <summary>Somebody else: nothing is made in the cluster.</summary>
    External,

    /// <summary>An Ingress that the operator keeps.</summary>
    Ingress,

    /// <summary>A Gateway API HTTPRoute that the operator keeps.</summary>
    HTTPRoute,
}
