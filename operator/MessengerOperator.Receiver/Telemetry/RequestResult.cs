namespace MessengerOperator.Receiver.Telemetry;

/// <summary>How a request to the traffic port ended. A closed set; it labels metrics.</summary>
internal enum RequestResult
{
    /// <summary>Verified, and its events are safe: 200.</summary>
    Accepted,

    /// <summary>A provider's check of the URL: 200.</summary>
    Handshake,

    /// <summary>The operator's reachability probe: 204.</summary>
    Probe,

    /// <summary>Not the provider's: 401 or 403.</summary>
    Refused,

    /// <summary>The provider's, but not readable: 400.</summary>
    Malformed,

    /// <summary>No such path: 404.</summary>
    NotFound,

    /// <summary>405.</summary>
    MethodNotAllowed,

    /// <summary>415.</summary>
    UnsupportedMediaType,

    /// <summary>413.</summary>
    TooLarge,

    /// <summary>The bodies of other requests take all the memory that there is for them: 503.</summary>
    NoRoom,

    /// <summary>The body did not come in time: 408.</summary>
    TooSlow,

    /// <summary>Broken HTTP: 400.</summary>
    BadRequest,

    /// <summary>The route is not ready, or the provider wants to be asked again: 503.</summary>
    NotReady,

    /// <summary>The sink has not taken the events: 503.</summary>
    NotTaken,

    /// <summary>The client went away before its body was there.</summary>
    Aborted,

    /// <summary>Our own fault: 503.</summary>
    Failed,
}
