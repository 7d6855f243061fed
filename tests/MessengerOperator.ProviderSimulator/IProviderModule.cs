using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Faults;

namespace MessengerOperator.ProviderSimulator;

/// <summary>One provider: its API as clients see it, and its accounts.</summary>
internal interface IProviderModule
{
    /// <summary>The provider's name, as accounts are made with.</summary>
    string Name { get; }

    /// <summary>Whether a request is for this provider.</summary>
    bool Owns(PathString path);

    /// <summary>Answers a request of the provider's API.</summary>
    Task HandleAsync(HttpContext context);

    /// <summary>Makes an account that is not yet in the registry.</summary>
    /// <exception cref="FormatException">Token, id and settings do not fit.</exception>
    SimulatedAccount CreateAccount(AccountRequest request);

    /// <summary>Forgets what the module keeps besides accounts, such as apps that several share. The accounts are gone already.</summary>
    ValueTask ResetAsync();

    /// <summary>The prepared faults by name.</summary>
    IReadOnlyDictionary<string, Fault> FaultPresets { get; }
}
