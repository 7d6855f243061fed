namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>What a person is told when a spec breaks a rule. One text per rule, the same from the API server (CEL) and from the operator's own checks.</summary>
/// <remarks>The texts are fixed and carry nothing of the object: they end up in conditions, where a changing text is a new write.</remarks>
public static class SpecMessages
{
#pragma warning disable CS1591 // The text is the documentation.
    public const string ProviderIsImmutable = "provider cannot be changed; delete this integration and create another one for the other provider";
    public const string FacebookNeedsItsBlock = "provider Facebook needs the block facebook; fill it in";
    public const string LineNeedsItsBlock = "provider Line needs the block line; fill it in";
    public const string NexmoNeedsItsBlock = "provider Nexmo needs the block nexmo; fill it in";
    public const string TelegramNeedsItsBlock = "provider Telegram needs the block telegram; fill it in";
    public const string ViberNeedsItsBlock = "provider Viber needs the block viber; fill it in";
    public const string FacebookBlockBelongsToFacebook = "the block facebook belongs to provider Facebook; remove it or change provider before the first apply";
    public const string LineBlockBelongsToLine = "the block line belongs to provider Line; remove it or change provider before the first apply";
    public const string NexmoBlockBelongsToNexmo = "the block nexmo belongs to provider Nexmo; remove it or change provider before the first apply";
    public const string TelegramBlockBelongsToTelegram = "the block telegram belongs to provider Telegram; remove it or change provider before the first apply";
    public const string ViberBlockBelongsToViber = "the block viber belongs to provider Viber; remove it or change provider before the first apply";
    public const string ManagedFacebookNeedsAppId = "facebook.appId is needed to register the webhook; set it, or set webhook.registration to Manual";
    public const string UsernameHasNoAt = "leave out the leading @";
    public const string PageIdIsDigits = "pageId has digits only; take it from the About of the page and put it in quotes";
    public const string AppIdIsDigits = "appId has digits only; take it from the dashboard of the Meta app and put it in quotes";
    public const string NumberIsDigits = "write the number with its country code, digits only, without a leading + and in quotes";
    public const string ApiKeyIsLettersAndDigits = "apiKey has letters and digits only; take it from the Vonage dashboard";
    public const string ApplicationIdIsUuid = "applicationId is a UUID such as 8f2a1c34-5678-4abc-9def-0123456789ab; take it from the Vonage dashboard";
    public const string ApiBaseUrlIsHttp = "write an http or https address without user info, query or fragment and without a slash at its end";
    public const string MessagesNeedsApplicationId = "mode Messages needs applicationId; set it";
    public const string MessagesNeedsPrivateKey = "mode Messages needs privateKey; name the Secret key that holds it";
    public const string MessagesIsAlwaysSigned = "inboundVerification Path is for mode Sms only; requests of mode Messages are always signed";
    public const string NumbersBelongToSms = "numbers belongs to mode Sms; remove it or change mode";
    public const string SignatureMethodBelongsToSms = "signatureMethod belongs to mode Sms; remove it or change mode";
    public const string ApplicationIdBelongsToMessages = "applicationId belongs to mode Messages; remove it or change mode";
    public const string PrivateKeyBelongsToMessages = "privateKey belongs to mode Messages; remove it or change mode";
    public const string SignatureNeedsSecret = "verification by signature needs signatureSecret; name the Secret key that holds it";
    public const string SmsSignatureNeedsMethod = "verification by signature in mode Sms needs signatureMethod; take it from the Vonage dashboard";
    public const string PathVerificationUsesNoSignature =
        "signatureSecret and signatureMethod have no effect with inboundVerification Path; remove them, or set Signature";
    public const string RegionOrApiBaseUrl = "set region or apiBaseUrl, not both";
    public const string WebhookUrlIsHttps = "webhook.url must begin with https://; providers deliver over TLS only";
    public const string WebhookUrlIsHostAndPort =
        "webhook.url is scheme, host and port only, without a slash at its end; put the path into webhook.path and leave out query, fragment and user info";
    public const string WebhookUrlNamesHostAndPort = "webhook.url needs a host name and, if any, a port from 1 to 65535";
    public const string WebhookPathIsPlain =
        "webhook.path begins with a slash, does not end in one and has only letters, digits, - . _ ~ and single slashes; no query, no fragment";
    public const string WebhookPathHasNoDots = "webhook.path has no segment . or ..";
    public const string IngressBelongsToTypeIngress = "exposure.ingress belongs to type Ingress; remove it or set the type";
    public const string HttpRouteBelongsToTypeHttpRoute = "exposure.httpRoute belongs to type HTTPRoute; remove it or set the type";
    public const string HttpRouteNeedsParents = "type HTTPRoute needs exposure.httpRoute with the Gateways to attach to";
    public const string MinReplicasIsAtMostMax = "minReplicas must not be above maxReplicas";
    public const string ReplicasOrAutoscaling = "set replicas or autoscaling, not both";
    public const string PodLabelsAreNotOurs = "labels beginning with messenger-operator.io/ or app.kubernetes.io/ are set by the operator; use other names";
    public const string PodAnnotationsAreNotOurs = "annotations beginning with messenger-operator.io/ are set by the operator; use other names";
    public const string SinkHasOneKind = "name exactly one kind of sink: http, kafka, rabbitMq or redis";
    public const string HttpSinkHasOneAddress = "set exactly one of url and ref";
    public const string SinkUrlIsHttp = "write an http or https address without user info and fragment";
    public const string SinkPathStartsWithSlash = "path begins with a slash";
    public const string PortAndPathBelongToService = "port and path are for a Service (apiVersion v1, kind Service); other objects tell their whole address";
    public const string HeaderHasOneValue = "set exactly one of value and valueFrom";
    public const string BearerTokenOrAuthorizationHeader = "set bearerToken or an Authorization header, not both";
    public const string ClientCertificateNeedsKey = "clientCertificate and clientKey belong together; set both or neither";
    public const string QueueOrExchange = "set exactly one of queue and exchange";
    public const string RoutingKeyBelongsToExchange = "routingKey belongs to an exchange; remove it or set exchange instead of queue";
    public const string UsernameNeedsPassword = "a user name needs a password; name the Secret key that holds it";
    public const string StorageClassBelongsToClaim = "storageClassName belongs to storage PersistentVolumeClaim; remove it or set the storage";
    public const string DeadLettersNeedSpool = "without a spool there are no dead letters: what the sink refuses, the provider sends again; leave deadLetter out or use another storage";
    public const string ClaimIsForOnePod =
        "a PersistentVolumeClaim is for one pod: set receiver.replicas to 1 and leave receiver.autoscaling out, or use storage EmptyDir or None";
    public const string CheckIntervalIsInRange = "checkInterval must be from 1m to 24h";
    public const string DeregistrationDeadlineIsInRange = "deregistrationDeadline must be at most 168h";
#pragma warning restore CS1591
}
