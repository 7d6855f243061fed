using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Faults;

namespace MessengerOperator.ProviderSimulator;

/// <summary>What every provider's API does around its own answers: faults, delays, the log of calls.</summary>
/// <typeparam name="TCall">What the module reads from a request before anything is answered.</typeparam>
internal abstract class ProviderModule<TCall>(SimulatorState state) : IProviderModule
    where TCall : IncomingCall
{
    public abstract string Name { get; }

    public abstract IReadOnlyDictionary<string, Fault> FaultPresets { get; }

    protected SimulatorState State => state;

    public abstract bool Owns(PathString path);

    public abstract SimulatedAccount CreateAccount(AccountRequest request);

    public async Task HandleAsync(HttpContext context)
    {
        var arrived = state.Time.Now;
        // The body may be needed twice: for who calls, and for what is asked.
        context.Request.EnableBuffering();
        var call = await IdentifyAsync(context.Request, context.RequestAborted);
        context.Request.Body.Position = 0;

        var fault = state.Faults.Take(call.Method, Name) ?? call.Account?.Faults.Take(call.Method, Name);
        if (fault is { DelayMilliseconds: > 0 })
        {
            await Task.Delay(TimeSpan.FromMilliseconds(fault.DelayMilliseconds), state.Time.Clock, context.RequestAborted);
        }

        var answer = fault switch
        {
            null or { Kind: FaultKind.Slow } => await AnswerAsync(context.Request, call, context.RequestAborted),
            { Kind: FaultKind.Error, Body: null } => Refusal(fault, call),
            _ => null,
        };

        // Recorded before the answer leaves, so that whoever has the answer finds the call.
        var status = answer?.Status ?? FaultAnswer.StatusOf(fault!);
        var entry = new ProviderCall(arrived, call.Account?.Id ?? call.Caller, call.Method, status, fault is not null);
        state.Calls.Add(entry);
        call.Account?.Calls.Add(entry);

        AddHeaders(context.Response, call);
        FaultAnswer.AddHeaders(context.Response, fault);
        await (answer?.WriteAsync(context) ?? FaultAnswer.WriteAsync(context, fault!));
    }

    public virtual ValueTask ResetAsync() => ValueTask.CompletedTask;

    /// <summary>Reads which method is called and by whom. Never refuses: that is for <see cref="AnswerAsync"/>.</summary>
    protected abstract ValueTask<TCall> IdentifyAsync(HttpRequest request, CancellationToken cancellationToken);

    /// <summary>The ordinary answer.</summary>
    protected abstract Task<IProviderAnswer> AnswerAsync(HttpRequest request, TCall call, CancellationToken cancellationToken);

    /// <summary>The provider's own envelope for a staged error.</summary>
    protected abstract IProviderAnswer Refusal(Fault fault);

    /// <summary>The same for a provider whose envelope depends on what is called.</summary>
    protected virtual IProviderAnswer Refusal(Fault fault, TCall call) => Refusal(fault);

    /// <summary>Headers that the provider sends with every answer, good or bad.</summary>
    protected virtual void AddHeaders(HttpResponse response, TCall call)
    {
    }
}
