namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>Where Vonage serves the newer APIs from.</summary>
public enum NexmoRegion
{
    /// <summary>A value this version of the operator does not know; never written.</summary>
    Unrecognized,

    /// <summary>United States.</summary>
    Us,

    /// <summary>European Union.</summary>
    Eu,

    /// <summary>Asia and Pacific.</summary>
    Ap,
}
