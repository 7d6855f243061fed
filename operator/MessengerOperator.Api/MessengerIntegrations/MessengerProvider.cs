namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>A messenger that accounts are held with.</summary>
public enum MessengerProvider
{
    /// <summary>A value this version of the operator does not know; never written.</summary>
    Unrecognized,

    /// <summary>Facebook Messenger (Meta, Graph API).</summary>
    Facebook,

    /// <summary>LINE Messaging API.</summary>
    Line,

    /// <summary>Nexmo, now Vonage: SMS API or Messages API.</summary>
    Nexmo,

    /// <summary>Telegram Bot API.</summary>
    Telegram,

    /// <summary>Viber REST Bot API.</summary>
    Viber,
}
