using MessengerOperator.Runtime.Conditions;
using MessengerOperator.Runtime.Events;
using MessengerOperator.Runtime.Finalizers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MessengerOperator.Runtime.Controllers;

/// <summary>What every pipeline needs from the runtime; a controller takes it from the container and hands it to its base.</summary>
public sealed class PipelineFrame
{
    internal PipelineFrame(
        StatusWriter statuses, FinalizerWriter finalizers, UncertaintyTracker uncertainty, EventPublisher events, TimeProvider time, IOptions<OperatorOptions> options,
        ILoggerFactory loggers)
    {
        Statuses = statuses;
        Finalizers = finalizers;
        Uncertainty = uncertainty;
        Events = events;
        Time = time;
        Options = options.Value;
        Loggers = loggers;
    }

    internal StatusWriter Statuses { get; }

    internal FinalizerWriter Finalizers { get; }

    internal UncertaintyTracker Uncertainty { get; }

    internal EventPublisher Events { get; }

    internal TimeProvider Time { get; }

    internal OperatorOptions Options { get; }

    internal ILoggerFactory Loggers { get; }
}
