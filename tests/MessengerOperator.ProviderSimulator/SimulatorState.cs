using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Faults;
using MessengerOperator.ProviderSimulator.Network;

namespace MessengerOperator.ProviderSimulator;

/// <summary>What all providers of one simulator share.</summary>
internal sealed class SimulatorState : IAsyncDisposable
{
    public SimulatorState(SimulatorOptions options)
    {
        Options = options;
        MalformedTokenStatus = options.MalformedTokenStatus;
        Time = new SimulationTime(options.Clock, options.TimeScale);
        Names = new NameResolver(options.Resolve, options.Clock);
        Roots = TrustedRoots.FromFile(options.TrustedCaFile);
        Calls = new CallLog(Changes);
    }

    public SimulatorOptions Options { get; }

    public SimulationTime Time { get; }

    public NameResolver Names { get; }

    public TrustedRoots Roots { get; }

    public ChangeSignal Changes { get; } = new();

    public AccountRegistry Accounts { get; } = new();

    /// <summary>Faults that hold for every account, and for callers without one.</summary>
    public FaultTable Faults { get; } = new();

    /// <summary>All calls, those with unknown credentials included.</summary>
    public CallLog Calls { get; }

    public int MalformedTokenStatus { get; set; }

    /// <summary>Back to the state after the start.</summary>
    public async Task ResetAsync()
    {
        await Accounts.DisposeAsync();
        Faults.Clear();
        Calls.Clear();
        Names.Reset();
        Time.Scale = Options.TimeScale;
        MalformedTokenStatus = Options.MalformedTokenStatus;
        Changes.Pulse();
    }

    public ValueTask DisposeAsync() => Accounts.DisposeAsync();
}
