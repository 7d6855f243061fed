using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Delivery;

namespace MessengerOperator.ProviderSimulator.Viber;

/// <summary>A registered webhook.</summary>
/// <param name="Registration">As the control API shows it.</param>
/// <param name="EventTypes">What it gets.</param>
/// <param name="SendName">Whether users' names are sent.</param>
/// <param name="Connection">The way to it.</param>
internal sealed record ViberWebhook(Registration Registration, ViberEventTypes EventTypes, bool SendName, WebhookConnection Connection);
