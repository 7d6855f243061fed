using System.Text.Json.Serialization;
using MessengerOperator.Api.Serialization;
using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>The account, where its messages arrive and where they go.</summary>
[ValidationRule("self.provider != 'Facebook' || has(self.facebook)", SpecMessages.FacebookNeedsItsBlock)]
[ValidationRule("self.provider != 'Line' || has(self.line)", SpecMessages.LineNeedsItsBlock)]
[ValidationRule("self.provider != 'Nexmo' || has(self.nexmo)", SpecMessages.NexmoNeedsItsBlock)]
[ValidationRule("self.provider != 'Telegram' || has(self.telegram)", SpecMessages.TelegramNeedsItsBlock)]
[ValidationRule("self.provider != 'Viber' || has(self.viber)", SpecMessages.ViberNeedsItsBlock)]
[ValidationRule("self.provider == 'Facebook' || !has(self.facebook)", SpecMessages.FacebookBlockBelongsToFacebook)]
[ValidationRule("self.provider == 'Line' || !has(self.line)", SpecMessages.LineBlockBelongsToLine)]
[ValidationRule("self.provider == 'Nexmo' || !has(self.nexmo)", SpecMessages.NexmoBlockBelongsToNexmo)]
[ValidationRule("self.provider == 'Telegram' || !has(self.telegram)", SpecMessages.TelegramBlockBelongsToTelegram)]
[ValidationRule("self.provider == 'Viber' || !has(self.viber)", SpecMessages.ViberBlockBelongsToViber)]
[ValidationRule("self.provider != 'Facebook' || !has(self.facebook) || has(self.facebook.appId) || (has(self.webhook) && has(self.webhook.registration) && self.webhook.registration == 'Manual')", SpecMessages.ManagedFacebookNeedsAppId)]
[ValidationRule("!has(self.delivery) || !has(self.delivery.spool) || !has(self.delivery.spool.storage) || self.delivery.spool.storage != 'PersistentVolumeClaim' || !has(self.receiver) || (!has(self.receiver.autoscaling) && (!has(self.receiver.replicas) || self.receiver.replicas == 1))", SpecMessages.ClaimIsForOnePod)]
public sealed record MessengerIntegrationSpec
{
    /// <summary>The messenger. Cannot be changed: make another integration instead.</summary>
    [JsonConverter(typeof(EnumTextConverter<MessengerProvider>))]
    [Required]
    [ValidationRule("self == oldSelf", SpecMessages.ProviderIsImmutable)]
    public MessengerProvider Provider { get; init; }

    /// <summary>Name of the account for people; free text. Without it metadata.name.</summary>
    [Length(1, 128)]
    public string? DisplayName { get; init; }

    /// <summary>The account, when provider is Facebook.</summary>
    public FacebookAccountSpec? Facebook { get; init; }

    /// <summary>The account, when provider is Line.</summary>
    public LineAccountSpec? Line { get; init; }

    /// <summary>The account, when provider is Nexmo.</summary>
    public NexmoAccountSpec? Nexmo { get; init; }

    /// <summary>The account, when provider is Telegram.</summary>
    public TelegramAccountSpec? Telegram { get; init; }

    /// <summary>The account, when provider is Viber.</summary>
    public ViberAccountSpec? Viber { get; init; }

    /// <summary>Where the provider delivers to, and who registers that.</summary>
    [DefaultValue(Json = "{}")]
    public WebhookSpec Webhook { get; init; } = new();

    /// <summary>Who routes the public URL to the receiver.</summary>
    [DefaultValue(Json = "{}")]
    public ExposureSpec Exposure { get; init; } = new();

    /// <summary>The pods that receive from the provider.</summary>
    public ReceiverSpec? Receiver { get; init; }

    /// <summary>Where events go. Without it the operator's own default.</summary>
    public SinkSpec? Sink { get; init; }

    /// <summary>How events travel from receiver to sink.</summary>
    [DefaultValue(Json = "{}")]
    public DeliverySpec Delivery { get; init; } = new();

    /// <summary>How often a healthy account is tested and its registration compared, such as 15m; from 1m to 24h.</summary>
    [DefaultValue("15m")]
    [ValidationRule("duration(self) >= duration('1m') && duration(self) <= duration('24h')", SpecMessages.CheckIntervalIsInRange)]
    public Duration CheckInterval { get; init; } = Duration.FromMinutes(15);

    /// <summary>Deregister: deleting the integration removes the webhook at the provider. Retain: the provider is not called.</summary>
    [JsonConverter(typeof(EnumTextConverter<DeletionPolicy>))]
    [DefaultValue(DeletionPolicy.Deregister)]
    public DeletionPolicy DeletionPolicy { get; init; } = DeletionPolicy.Deregister;

    /// <summary>How long an unreachable provider, or an API server that refuses to remove something, holds up deletion, such as 10m; at most 168h. What could not be removed by then is recorded in an event.</summary>
    [DefaultValue("10m")]
    [ValidationRule("duration(self) <= duration('168h')", SpecMessages.DeregistrationDeadlineIsInRange)]
    public Duration DeregistrationDeadline { get; init; } = Duration.FromMinutes(10);

    /// <summary>Pauses the operator for this integration. Its receiver goes on receiving.</summary>
    [DefaultValue(false)]
    public bool Suspend { get; init; }
}
