using System.Text.Json.Serialization;
using k8s.Models;
using MessengerOperator.Api.Serialization;
using MessengerOperator.Meta;
using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>What the operator saw and did.</summary>
public sealed record MessengerIntegrationStatus : IConditioned<MessengerIntegrationStatus>
{
    /// <summary>The generation of the spec that this status speaks of.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>The provider that was first accepted; it cannot change any more.</summary>
    [JsonConverter(typeof(EnumTextConverter<MessengerProvider>))]
    public MessengerProvider? Provider { get; init; }

    /// <summary>The state of the integration, one condition per question; Ready sums them up.</summary>
    [XListType(ListType.Map)]
    [XListMapKeys("type")]
    public IReadOnlyList<V1Condition>? Conditions { get; init; }

    /// <summary>The account as the provider reports it.</summary>
    public AccountStatus? Account { get; init; }

    /// <summary>The webhook as it is at the provider.</summary>
    public WebhookStatus? Webhook { get; init; }

    /// <summary>The ledger: every registration made at a provider that may still exist there.</summary>
    [XListType(ListType.Atomic)]
    public IReadOnlyList<RegistrationStatus>? Registrations { get; init; }

    /// <summary>The receiver of the integration.</summary>
    public ReceiverStatus? Receiver { get; init; }

    /// <summary>The value of the annotation messenger-operator.io/requested-at that was handled last.</summary>
    public string? LastHandledRequest { get; init; }

    /// <summary>The value of the annotation messenger-operator.io/rotate-webhook-token that was handled last.</summary>
    public string? LastHandledRotation { get; init; }

    /// <inheritdoc />
    public MessengerIntegrationStatus WithConditions(IReadOnlyList<V1Condition> conditions, long? observedGeneration) =>
        this with { Conditions = conditions, ObservedGeneration = observedGeneration };
}
