using System.Text.Json.Serialization;
using MessengerOperator.Api.Serialization;
using MessengerOperator.Meta.Entities;

namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>An account with Vonage, formerly Nexmo.</summary>
[ValidationRule("self.mode != 'Messages' || has(self.applicationId)", SpecMessages.MessagesNeedsApplicationId)]
[ValidationRule("self.mode != 'Messages' || has(self.privateKey)", SpecMessages.MessagesNeedsPrivateKey)]
[ValidationRule("self.mode != 'Messages' || !has(self.inboundVerification) || self.inboundVerification != 'Path'", SpecMessages.MessagesIsAlwaysSigned)]
[ValidationRule("self.mode != 'Messages' || !has(self.numbers)", SpecMessages.NumbersBelongToSms)]
[ValidationRule("self.mode != 'Messages' || !has(self.signatureMethod)", SpecMessages.SignatureMethodBelongsToSms)]
[ValidationRule("self.mode != 'Sms' || !has(self.applicationId)", SpecMessages.ApplicationIdBelongsToMessages)]
[ValidationRule("self.mode != 'Sms' || !has(self.privateKey)", SpecMessages.PrivateKeyBelongsToMessages)]
[ValidationRule("has(self.signatureSecret) || (has(self.inboundVerification) && self.inboundVerification == 'Path')", SpecMessages.SignatureNeedsSecret)]
[ValidationRule("self.mode != 'Sms' || has(self.signatureMethod) || (has(self.inboundVerification) && self.inboundVerification == 'Path')", SpecMessages.SmsSignatureNeedsMethod)]
[ValidationRule("!has(self.inboundVerification) || self.inboundVerification != 'Path' || (!has(self.signatureSecret) && !has(self.signatureMethod))", SpecMessages.PathVerificationUsesNoSignature)]
[ValidationRule("!has(self.region) || !has(self.apiBaseUrl)", SpecMessages.RegionOrApiBaseUrl)]
public sealed record NexmoAccountSpec
{
    /// <summary>API key of the account, as Vonage's dashboard shows it. It names the account and is no secret.</summary>
    [Required]
    [Length(1, 32)]
    [ValidationRule("self.matches('^[A-Za-z0-9]+$')", SpecMessages.ApiKeyIsLettersAndDigits)]
    public string ApiKey { get; init; } = "";

    /// <summary>API secret of the account.</summary>
    [Required]
    public SecretKeySelector ApiSecret { get; init; } = new();

    /// <summary>
    /// Sms for the SMS API, Messages for the Messages API. Must agree with the switch in Vonage's dashboard: an account uses one of them for
    /// inbound SMS.
    /// </summary>
    [JsonConverter(typeof(EnumTextConverter<NexmoMode>))]
    [Required]
    public NexmoMode Mode { get; init; }

    /// <summary>
    /// How requests from Vonage are verified. Signature refuses what is not signed. Path trusts a generated token in the webhook's path alone; only
    /// in mode Sms, for accounts that Vonage support has not switched signing on for.
    /// </summary>
    [JsonConverter(typeof(EnumTextConverter<NexmoInboundVerification>))]
    [DefaultValue(NexmoInboundVerification.Signature)]
    public NexmoInboundVerification InboundVerification { get; init; } = NexmoInboundVerification.Signature;

    /// <summary>Signature secret from Vonage's dashboard. Needed unless <c>inboundVerification</c> is Path.</summary>
    public SecretKeySelector? SignatureSecret { get; init; }

    /// <summary>Signature method from Vonage's dashboard. Needed in mode Sms with verification by signature.</summary>
    [JsonConverter(typeof(EnumTextConverter<NexmoSignatureMethod>))]
    public NexmoSignatureMethod? SignatureMethod { get; init; }

    /// <summary>
    /// Mode Sms: the numbers whose webhook is set. Without it the webhook of the whole account is set, which serves every number that has none of
    /// its own.
    /// </summary>
    [Items(1, 100)]
    [XListType(ListType.Map)]
    [XListMapKeys("number")]
    public IReadOnlyList<NexmoNumber>? Numbers { get; init; }

    /// <summary>Mode Messages: id of the Vonage application (a UUID). One application serves one integration.</summary>
    [Length(36, 36)]
    [ValidationRule("self.matches('^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$')", SpecMessages.ApplicationIdIsUuid)]
    public string? ApplicationId { get; init; }

    /// <summary>Mode Messages: private key of the application (PEM).</summary>
    public SecretKeySelector? PrivateKey { get; init; }

    /// <summary>Region of the newer APIs. Without it Vonage's global address is used.</summary>
    [JsonConverter(typeof(EnumTextConverter<NexmoRegion>))]
    public NexmoRegion? Region { get; init; }

    /// <summary>Base address of the newer APIs, instead of a region.</summary>
    [Length(1, 512)]
    [ValidationRule("self.matches('^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*$')", SpecMessages.ApiBaseUrlIsHttp)]
    public string? ApiBaseUrl { get; init; }

    /// <summary>Base address of the legacy REST API.</summary>
    [Length(1, 512)]
    [ValidationRule("self.matches('^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*$')", SpecMessages.ApiBaseUrlIsHttp)]
    public string? RestBaseUrl { get; init; }
}
