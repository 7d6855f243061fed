using MessengerOperator.ProviderSimulator.Facebook;
using MessengerOperator.ProviderSimulator.Line;
using MessengerOperator.ProviderSimulator.Nexmo;
using MessengerOperator.ProviderSimulator.Telegram;
using MessengerOperator.ProviderSimulator.Viber;

namespace MessengerOperator.ProviderSimulator;

/// <summary>The providers that the simulator plays: one line each.</summary>
internal static class ProviderModules
{
    public static IReadOnlyList<IProviderModule> Create(SimulatorState state) =>
    [
        new FacebookModule(state),
        new LineModule(state),
        new NexmoModule(state),
        new TelegramModule(state),
        new ViberModule(state),
    ];
}
