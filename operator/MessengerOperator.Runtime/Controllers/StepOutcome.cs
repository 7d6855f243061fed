using MessengerOperator.Meta;

namespace MessengerOperator.Runtime.Controllers;

/// <summary>How a step ended: a closed set. Messages are stable texts from a catalogue: no provider text, times, request ids or secrets.</summary>
/// <remarks>
/// | outcome | condition | later steps | next pass | observedGeneration |
/// | Done | True | run | its own wish, else the slow resync | moves when all are done |
/// | Wait | False or Unknown | do not run, unless LaterStepsRun | after the given time, no error | stays |
/// | Stalled | False, and Stalled appears | do not run | slow resync or a change only | moves |
/// | KeepLastGood | stays True for the grace period, then Unknown | run while it stays True | after the given time | as Done or Wait |
/// </remarks>
public abstract record StepOutcome
{
    private StepOutcome(Reason reason, string message)
    {
        Reason = reason;
        Message = message;
    }

    /// <summary>Done, with nothing to add: reason Succeeded.</summary>
    public static StepOutcome Done { get; } = new Completed(Reason.Succeeded, string.Empty);

    /// <summary>The condition's reason.</summary>
    public Reason Reason { get; }

    /// <summary>The condition's message; may be empty.</summary>
    public string Message { get; }

    /// <summary>When the step wants to run again at the latest; null: no wish.</summary>
    public TimeSpan? RequeueAfter { get; init; }

    /// <summary>A longer, sanitised text for the event (such as what the provider said); null: the message.</summary>
    public string? EventMessage { get; init; }

    /// <summary>Of a step that waits: whether what comes after it can and should be looked after meanwhile. Ready is not True all the same.</summary>
    public bool LaterStepsRun { get; init; }

    /// <summary>The condition holds; <paramref name="requeueAfter"/> is the latest time of the next look, such as the check interval.</summary>
    public static StepOutcome DoneWith(Reason reason, string message = "", TimeSpan? requeueAfter = null) =>
        new Completed(reason, message) { RequeueAfter = requeueAfter };

    /// <summary>Not there yet, no error, worth another look after <paramref name="after"/>: False, or Unknown when it could not be told.</summary>
    public static StepOutcome Wait(Reason reason, string message, TimeSpan after, ConditionStatus status = ConditionStatus.False) =>
        status == ConditionStatus.True
            ? throw new ArgumentOutOfRangeException(nameof(status), "a step that waits has no True condition")
            : new Waiting(reason, message, status) { RequeueAfter = after };

    /// <summary>Hopeless until somebody changes something: False, no quick retries.</summary>
    public static StepOutcome Stalled(Reason reason, string message) => new Stalling(reason, message);

    /// <summary>
    /// It could not be told (network, 5xx, rate limit): a True verdict of this generation is kept for the grace period, and the message says so;
    /// without one, or after it, the condition is Unknown with this reason.
    /// </summary>
    /// <param name="reason">Why it could not be told.</param>
    /// <param name="message">The same, in a sentence.</param>
    /// <param name="after">When to ask again.</param>
    /// <param name="sameInputs">
    /// Pass true when nothing that this step looks at changed since the last verdict, though the spec did: the verdict then also counts for the new generation.
    /// </param>
    public static StepOutcome KeepLastGood(Reason reason, string message, TimeSpan after, bool sameInputs = false) =>
        new Uncertain(reason, message, sameInputs) { RequeueAfter = after };

    internal sealed record Completed(Reason Why, string Text) : StepOutcome(Why, Text);

    internal sealed record Waiting(Reason Why, string Text, ConditionStatus Status) : StepOutcome(Why, Text);

    internal sealed record Stalling(Reason Why, string Text) : StepOutcome(Why, Text);

    internal sealed record Uncertain(Reason Why, string Text, bool SameInputs) : StepOutcome(Why, Text);
}
