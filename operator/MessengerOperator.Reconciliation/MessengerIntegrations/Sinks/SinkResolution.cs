using MessengerOperator.Api.MessengerIntegrations;

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
    public sealed record NotYet(string Reason, string Message) : SinkResolution
    {
        /// <summary>The API server does not let the operator read what the sink names.</summary>
        /// <param name="field">The field that names it.</param>
        /// <param name="resource">What the operator would have to be allowed to get.</param>
        /// <param name="ns">Where.</param>
        public static NotYet Forbidden(string field, string resource, string ns) => new(
            MessengerIntegrationReasons.SinkForbidden,
            $"The operator may not read what {field} names: it lacks the right to get {resource} in the namespace '{ns}'. Ask the platform team to grant it, or name a sink in this namespace.");
    }

    /// <summary>It is not, and somebody must change something.</summary>
    public sealed record Refused(string Reason, string Message) : SinkResolution;
}
