using k8s;
using k8s.Models;
using MessengerOperator.Meta;
using MessengerOperator.Runtime.Client;
using MessengerOperator.Runtime.Conditions;
using MessengerOperator.Runtime.Events;
using Microsoft.Extensions.Logging;

namespace MessengerOperator.Runtime.Controllers;

/// <summary>One pass over one object: runs the steps, keeps the conditions, and writes the status at the end.</summary>
internal sealed class PipelinePass<TEntity, TStatus, TContext>
    where TEntity : class, IKubernetesObject<V1ObjectMeta>, IStatus<TStatus?>
    where TStatus : class, IConditioned<TStatus>, new()
    where TContext : PipelineContext<TEntity, TStatus>
{
    private readonly PipelineFrame _frame;
    private readonly TContext _context;
    private readonly IReadOnlyList<IReconcileStep<TContext>> _steps;
    private readonly ILogger _logger;
    private readonly ConditionSet _conditions;
    private readonly List<(string Reason, string Message, EventType Type)> _events = [];
    private readonly long? _generation;
    private long? _observedGeneration;
    private TimeSpan? _requeueAfter;
    private Exception? _error;
    private (StepOutcome Outcome, ConditionStatus Status)? _failedFirst;
    private bool _isStopped;

    public PipelinePass(PipelineFrame frame, TContext context, IReadOnlyList<IReconcileStep<TContext>> steps, ILogger logger)
    {
        _frame = frame;
        _context = context;
        _steps = steps;
        _logger = logger;
        _conditions = new ConditionSet(context.Status.Conditions, frame.Time);
        _generation = context.Entity.Metadata.Generation;
        _observedGeneration = context.Status.ObservedGeneration;
    }

    private string Uid => _context.Entity.Metadata.Uid;

    /// <summary>Runs steps until one that counts does not hold, and does not let the later ones run.</summary>
    public async Task RunStepsAsync(CancellationToken cancellationToken)
    {
        foreach (var step in _steps)
        {
            if (!_isStopped)
            {
                await RunAsync(step, cancellationToken);
            }
            else if (_conditions.Get(step.Owns) is null)
            {
                _conditions.Set(step.Owns, ConditionStatus.Unknown, Reason.Progressing, "Not looked at yet.", _generation);
            }
        }
    }

    /// <summary>Works out Ready, Reconciling, Stalled and the observed generation.</summary>
    public void Summarise(string readyMessage)
    {
        switch (_failedFirst)
        {
            case null:
                if (_conditions.StatusOf(ConditionType.Ready) is not ConditionStatus.True)
                {
                    _events.Add((Reason.Ready.Name, readyMessage, EventType.Normal));
                }

                ReadySummary.SetReady(_conditions, readyMessage, _generation);
                _observedGeneration = _generation;
                break;
            case { Outcome: StepOutcome.Stalling stalling }:
                ReadySummary.SetStalled(_conditions, stalling.Reason, stalling.Message, _generation);
                _observedGeneration = _generation;
                break;
            case { } failed:
                ReadySummary.SetReconciling(_conditions, failed.Status, failed.Outcome.Reason, failed.Outcome.Message, _generation);
                break;
        }
    }

    /// <summary>Nothing is done on request.</summary>
    public void Suspend()
    {
        if (_conditions.Get(ConditionType.Ready)?.Reason != Reason.Suspended.Name)
        {
            _events.Add((Reason.Suspended.Name, "Reconciliation is suspended.", EventType.Normal));
        }

        ReadySummary.SetSuspended(_conditions, "Reconciliation is suspended; conditions are as last seen.");
    }

    /// <summary>The cleanup before deletion is not done yet.</summary>
    public void NotFinalized(StepOutcome outcome)
    {
        Want(outcome.RequeueAfter);
        var before = _conditions.Get(ConditionType.Ready);
        if (outcome is StepOutcome.Stalling)
        {
            ReadySummary.SetStalled(_conditions, outcome.Reason, outcome.Message, _generation);
        }
        else
        {
            ReadySummary.SetReconciling(_conditions, ConditionStatus.False, outcome.Reason, outcome.Message, _generation);
        }

        if (before?.Reason != outcome.Reason.Name)
        {
            Announce(outcome, outcome.Reason == Reason.Progressing ? EventType.Normal : EventType.Warning);
        }
    }

    /// <summary>Something outside a step went wrong.</summary>
    public void Fail(Exception exception)
    {
        _error = exception;
        ReadySummary.SetReconciling(_conditions, ConditionStatus.Unknown, Reason.Error, ApiError.Describe(exception), _generation);
    }

    /// <summary>Writes the status if it differs, tells of changes, and says what happens next.</summary>
    public async Task<ReconciliationResult<TEntity>> CompleteAsync(CancellationToken cancellationToken)
    {
        _conditions.Order([ConditionType.Ready, ConditionType.Reconciling, ConditionType.Stalled, .. _steps.Select(step => step.Owns)]);
        try
        {
            await _frame.Statuses.WriteAsync(_context.Entity, _context.Status.WithConditions(_conditions.ToList(), _observedGeneration), cancellationToken);
        }
        catch (Exception exception) when (_error is not null && !cancellationToken.IsCancellationRequested)
        {
            PipelineLog.StatusNotWritten(_logger, exception);
        }

        foreach (var (reason, message, type) in _events)
        {
            _frame.Events(_context.Entity, reason, message, type);
        }

        return _error is null
            ? ReconciliationResult<TEntity>.Success(_context.Entity, _requeueAfter)
            : ReconciliationResult<TEntity>.Failure(_context.Entity, ApiError.Describe(_error), _error);
    }

    /// <summary>
    /// Writes the ledger in mid-pass. Conditions stay as read: a half-worked set would lie about steps that have not run yet.
    /// </summary>
    public async Task PersistAsync(CancellationToken cancellationToken)
    {
        var asRead = new ConditionSet(_context.Entity.Status?.Conditions, _frame.Time);
        if (asRead.Get(ConditionType.Ready) is null)
        {
            ReadySummary.SetReconciling(asRead, ConditionStatus.Unknown, Reason.Progressing, "The first pass is under way.", _generation);
        }

        await _frame.Statuses.WriteAsync(
            _context.Entity, _context.Status.WithConditions(asRead.ToList(), _context.Entity.Status?.ObservedGeneration), cancellationToken);
    }

    private async Task RunAsync(IReconcileStep<TContext> step, CancellationToken cancellationToken)
    {
        using var scope = _logger.BeginScope(new Dictionary<string, object> { ["step"] = step.Owns.Name });
        try
        {
            Take(step, await step.RunAsync(_context, cancellationToken));
        }
        catch (Exception exception) when (!ApiError.IsConflict(exception) && !cancellationToken.IsCancellationRequested)
        {
            // The exception itself is logged once, with the result of the pass.
            PipelineLog.StepFailed(_logger, step.Owns.Name, exception.GetType().Name);
            _error ??= exception;
            Set(step, ConditionStatus.Unknown, StepOutcome.Wait(Reason.Error, ApiError.Describe(exception), TimeSpan.Zero, ConditionStatus.Unknown));
        }
    }

    private void Take(IReconcileStep<TContext> step, StepOutcome outcome)
    {
        Want(outcome.RequeueAfter);
        if (outcome is not StepOutcome.Uncertain)
        {
            _frame.Uncertainty.Clear(Uid, step.Owns);
        }

        switch (outcome)
        {
            case StepOutcome.Completed:
                Set(step, ConditionStatus.True, outcome);
                break;
            case StepOutcome.Waiting waiting:
                Set(step, waiting.Status, outcome);
                break;
            case StepOutcome.Stalling:
                Set(step, ConditionStatus.False, outcome);
                break;
            case StepOutcome.Uncertain uncertain:
                KeepOrDrop(step, uncertain);
                break;
        }
    }

    private void KeepOrDrop(IReconcileStep<TContext> step, StepOutcome.Uncertain outcome)
    {
        var left = _frame.Options.UncertaintyGracePeriod - _frame.Uncertainty.Lasting(Uid, step.Owns);
        var before = _conditions.Get(step.Owns);
        if (before?.Status == nameof(ConditionStatus.True) && (outcome.SameInputs || before.ObservedGeneration == _generation) && left > TimeSpan.Zero)
        {
            Want(left);
            Set(step, ConditionStatus.True, StepOutcome.DoneWith(outcome.Reason, $"{outcome.Message} The last good verdict is kept for now.".TrimStart()) with { EventMessage = outcome.EventMessage }, kept: true);
        }
        else
        {
            Set(step, ConditionStatus.Unknown, outcome);
        }
    }

    private void Set(IReconcileStep<TContext> step, ConditionStatus status, StepOutcome outcome, bool kept = false)
    {
        var before = _conditions.Get(step.Owns);
        var changed = _conditions.Set(step.Owns, status, outcome.Reason, outcome.Message, _generation);
        if (changed && (status != ConditionStatus.True || kept))
        {
            Announce(outcome, outcome.Reason == Reason.Progressing ? EventType.Normal : EventType.Warning);
        }
        else if (changed && before is not null && before.Reason != Reason.Progressing.Name && (before.Status != nameof(ConditionStatus.True) || outcome.EventMessage is not null))
        {
            Announce(outcome, EventType.Normal);
        }

        if (status != ConditionStatus.True && step.CountsForReady)
        {
            _failedFirst ??= (outcome, status);
            _isStopped = !outcome.LaterStepsRun;
        }
    }

    private void Announce(StepOutcome outcome, EventType type) =>
        _events.Add((outcome.Reason.Name, outcome.EventMessage ?? outcome.Message, type));

    private void Want(TimeSpan? after)
    {
        if (after is { } wish && (_requeueAfter is null || wish < _requeueAfter))
        {
            _requeueAfter = wish;
        }
    }
}
