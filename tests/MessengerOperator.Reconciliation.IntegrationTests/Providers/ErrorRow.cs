using MessengerOperator.ProviderSimulator.Faults;
using MessengerOperator.Reconciliation.IntegrationTests.World;

namespace MessengerOperator.Reconciliation.IntegrationTests.Providers;

/// <summary>One row of a provider's error tables: how it is staged, and what a new integration comes to.</summary>
internal sealed record ErrorRow
{
    /// <summary>The simulator's name of the method that fails; <c>*</c> is every method.</summary>
    public string Method { get; init; } = "*";

    /// <summary>How it fails, for every caller; null when nothing is staged there.</summary>
    public Fault? Fault { get; init; }

    /// <summary>Settings of the account while the error lasts: a console switch, a permission, another secret.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>Anything else that goes wrong; runs when the provider is up and nothing else is there.</summary>
    public Func<TestWorld, Task> Stage { get; init; } = _ => Task.CompletedTask;

    /// <summary>How that is put right again.</summary>
    public Func<TestWorld, Task> Repair { get; init; } = _ => Task.CompletedTask;

    /// <summary>A merge patch of the integration's spec.</summary>
    public string? Change { get; init; }

    /// <summary>The condition that tells it.</summary>
    public required string Condition { get; init; }

    /// <summary>Its reason, which Ready has too.</summary>
    public required string Reason { get; init; }

    /// <summary>A part of the Event's text: what to do, or the provider's sanitised words.</summary>
    public required string Says { get; init; }

    /// <summary>What kind of end it is.</summary>
    public required ErrorEnd End { get; init; }

    /// <summary>Calls that slow retries may add while the integration is woken thrice; null is none for a final error, three for others.</summary>
    public int? Calls { get; init; }

    /// <summary>How it goes on when the cause is gone; null is by itself unless the error is final.</summary>
    public Recovery? Recovery { get; init; }
}
