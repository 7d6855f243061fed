namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>How a request from Vonage proves that it is genuine.</summary>
public enum NexmoInboundVerification
{
    /// <summary>A value this version of the operator does not know; never written.</summary>
    Unrecognized,

    /// <summary>By its signature: sig parameter in mode Sms, signed JWT in mode Messages.</summary>
    Signature,

    /// <summary>By a generated token in the path alone; only for SMS accounts that Vonage does not sign for.</summary>
    Path,
}
