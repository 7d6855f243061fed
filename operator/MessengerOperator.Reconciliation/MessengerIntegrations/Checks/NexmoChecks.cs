using System.Text.RegularExpressions;
using MessengerOperator.Api.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Checks;

/// <summary>The two modes of a Vonage account need different things, and unsigned requests need an explicit word.</summary>
internal static partial class NexmoChecks
{
    public static IEnumerable<SpecViolation> Of(NexmoAccountSpec? nexmo) => nexmo is null
        ? []
        :
        [
            .. Rule.IsRecognized(nexmo.Mode, "spec.nexmo.mode"),
            .. Rule.IsRecognized(nexmo.InboundVerification, "spec.nexmo.inboundVerification"),
            .. Rule.IsRecognized(nexmo.SignatureMethod, "spec.nexmo.signatureMethod"),
            .. Rule.IsRecognized(nexmo.Region, "spec.nexmo.region"),
            .. Identity(nexmo),
            .. Messages(nexmo),
            .. Sms(nexmo),
            .. Verification(nexmo),
            .. RegionOrApiBaseUrl(nexmo),
        ];

    private static IEnumerable<SpecViolation> Identity(NexmoAccountSpec nexmo) =>
    [
        .. Rule.Holds(ApiKey().IsMatch(nexmo.ApiKey), "spec.nexmo.apiKey", SpecMessages.ApiKeyIsLettersAndDigits),
        .. (nexmo.Numbers ?? []).SelectMany((number, i) =>
            Rule.Holds(AccountChecks.IsDigits(number.Number), $"spec.nexmo.numbers[{i}].number", SpecMessages.NumberIsDigits)),
        .. Rule.Holds(
            nexmo.ApplicationId is null || Uuid().IsMatch(nexmo.ApplicationId), "spec.nexmo.applicationId", SpecMessages.ApplicationIdIsUuid),
        .. AccountChecks.ApiBaseUrlIsHttp(nexmo.ApiBaseUrl, "spec.nexmo.apiBaseUrl"),
        .. AccountChecks.ApiBaseUrlIsHttp(nexmo.RestBaseUrl, "spec.nexmo.restBaseUrl"),
    ];

    private static IEnumerable<SpecViolation> Messages(NexmoAccountSpec nexmo) => nexmo.Mode != NexmoMode.Messages
        ? []
        :
        [
            .. Rule.Holds(nexmo.ApplicationId is not null, "spec.nexmo.applicationId", SpecMessages.MessagesNeedsApplicationId),
            .. Rule.Holds(nexmo.PrivateKey is not null, "spec.nexmo.privateKey", SpecMessages.MessagesNeedsPrivateKey),
            .. Rule.Holds(!IsByPath(nexmo), "spec.nexmo.inboundVerification", SpecMessages.MessagesIsAlwaysSigned),
            .. Rule.Holds(nexmo.Numbers is null, "spec.nexmo.numbers", SpecMessages.NumbersBelongToSms),
            .. Rule.Holds(nexmo.SignatureMethod is null, "spec.nexmo.signatureMethod", SpecMessages.SignatureMethodBelongsToSms),
        ];

    private static IEnumerable<SpecViolation> Sms(NexmoAccountSpec nexmo) => nexmo.Mode != NexmoMode.Sms
        ? []
        :
        [
            .. Rule.Holds(nexmo.ApplicationId is null, "spec.nexmo.applicationId", SpecMessages.ApplicationIdBelongsToMessages),
            .. Rule.Holds(nexmo.PrivateKey is null, "spec.nexmo.privateKey", SpecMessages.PrivateKeyBelongsToMessages),
            .. Rule.Holds(
                nexmo.SignatureMethod is not null || IsByPath(nexmo), "spec.nexmo.signatureMethod", SpecMessages.SmsSignatureNeedsMethod),
        ];

    private static IEnumerable<SpecViolation> Verification(NexmoAccountSpec nexmo) =>
    [
        .. Rule.Holds(nexmo.SignatureSecret is not null || IsByPath(nexmo), "spec.nexmo.signatureSecret", SpecMessages.SignatureNeedsSecret),
        .. Rule.Holds(
            !IsByPath(nexmo) || nexmo is { SignatureSecret: null, SignatureMethod: null },
            "spec.nexmo.inboundVerification",
            SpecMessages.PathVerificationUsesNoSignature),
    ];

    private static IEnumerable<SpecViolation> RegionOrApiBaseUrl(NexmoAccountSpec nexmo) =>
        Rule.Holds(nexmo.Region is null || nexmo.ApiBaseUrl is null, "spec.nexmo.region", SpecMessages.RegionOrApiBaseUrl);

    private static bool IsByPath(NexmoAccountSpec nexmo) => nexmo.InboundVerification == NexmoInboundVerification.Path;

    [GeneratedRegex(@"\A[A-Za-z0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex ApiKey();

    [GeneratedRegex(@"\A[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Uuid();
}
