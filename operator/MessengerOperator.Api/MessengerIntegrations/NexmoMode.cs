namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>Which of Vonage's two products the account uses for inbound messages.</summary>
public enum NexmoMode
{
    /// <summary>A value this version of the operator does not know; never written.</summary>
    Unrecognized,

    /// <summary>The SMS API (legacy Nexmo).</summary>
    Sms,

    /// <summary>The Messages API, with an application.</summary>
    Messages,
}
