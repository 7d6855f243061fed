using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Delivery;

namespace MessengerOperator.ProviderSimulator.Tests.Sample;

/// <summary>An account of a provider that needs nothing but the shared parts.</summary>
internal sealed class SampleAccount(string id, SampleQueue queue, SimulatorState state, IReadOnlyDictionary<string, string?>? settings = null)
    : SimulatedAccount(state.Changes, new AccountSettings([new SettingKey("secret", "s3cret"), SettingKey.Switch("active", on: true)], settings ?? new Dictionary<string, string?>()))
{
    private int _events;

    public override string Id => id;

    public override string Provider => "Sample";

    public override string? Token => null;

    public override string Username => id;

    public override string FirstName => id;

    public override IReadOnlyList<MessageKind> Kinds => [MessageKind.Text, MessageKind.Read];

    public override WebhookQueue Queue => queue;

    public override Registration? CurrentRegistration => null;

    public override AcceptedEvent AcceptRaw(JsonObject update) => throw new FormatException("Not here.");

    public override Task OverwriteWebhookAsync(WebhookChange change, CancellationToken cancellationToken) => Task.CompletedTask;

    public override void RemoveWebhook()
    {
    }

    public override void RevokeToken(string? newToken)
    {
    }

    protected override Task<AcceptedEvent> AcceptKnownAsync(CustomerMessage message, CancellationToken cancellationToken) => queue.AcceptAsync(
        new EventDraft
        {
            Owner = this,
            Id = $"{id}-{++_events}",
            Kind = message.Kind.ToString(),
            Conversation = $"{message.CustomerId}",
            Body = JsonValue.Create(message.Text ?? string.Empty).ToJsonString(),
        },
        message.Secret,
        cancellationToken);
}
