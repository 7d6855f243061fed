namespace MessengerOperator.Reconciliation.MessengerIntegrations.Sinks;

/// <summary>Whether a sink's address is known. A closed set.</summary>
internal abstract record SinkResolution
{
    private SinkResolution()
    {
    }

    /// <summary>It is.</summary>
    public sealed record Resolved(ResolvedSink Sink) : SinkResolution;

    /// <summary>It is not, but may become so by itself.</summary>
    public sealed record NotYet(string Reason, string Message) : SinkResolution;

    /// <summary>It is not, and somebody must change something.</summary>
    public sealed record Refused(string Reason, string Message) : SinkResolution;
}
