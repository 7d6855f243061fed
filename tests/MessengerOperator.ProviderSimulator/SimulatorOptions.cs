using MessengerOperator.ProviderSimulator.Network;

namespace MessengerOperator.ProviderSimulator;

/// <summary>What a simulator process is started with.</summary>
public sealed record SimulatorOptions
{
    /// <summary>Where the providers' APIs listen. Port 0 takes any free port.</summary>
    public string ProviderUrl { get; init; } = "http://127.0.0.1:0";

    /// <summary>Where the control API listens. Port 0 takes any free port. Never expose it: it shows tokens and secrets.</summary>
    public string ControlUrl { get; init; } = "http://127.0.0.1:0";

    /// <summary>
    /// Factor on the durations of the delivery schedule: retry delays, <c>Retry-After</c>, the 24 h expiry, the 23 h of 410.
    /// Rate limits and time-outs keep real time. Above 0; default 1; 0.01 makes a second ten milliseconds.
    /// </summary>
    public double TimeScale { get; init; } = 1;

    /// <summary>How long a receiver may stay silent, real time; null is each provider's own time, such as 60 s for Telegram and 2 s for LINE.</summary>
    public TimeSpan? AnswerTimeout { get; init; }

    /// <summary>PEM file with certificate authorities trusted besides the system's; null for none.</summary>
    public string? TrustedCaFile { get; init; }

    /// <summary>Names answered without asking DNS.</summary>
    public IReadOnlyList<NameOverride> Resolve { get; init; } = [];

    /// <summary>404 as the Telegram cloud answers a malformed token, or 401 as a self-hosted server does.</summary>
    public int MalformedTokenStatus { get; init; } = 404;

    /// <summary>The clock of delivery schedules and rate limits.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Whether warnings and errors go to the console.</summary>
    public bool ConsoleLog { get; init; }
}
