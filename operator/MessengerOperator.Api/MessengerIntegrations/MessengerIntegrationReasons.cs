namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>The closed catalogue of reasons in conditions and events of a <see cref="MessengerIntegration"/>.</summary>
public static class MessengerIntegrationReasons
{
    // Conditions that are as they should be.

    /// <summary>A condition is True and there is nothing more telling to say.</summary>
    public const string Succeeded = "Succeeded";

    /// <summary>SpecAccepted True.</summary>
    public const string Accepted = "Accepted";

    /// <summary>SecretsResolved or SinkResolved True.</summary>
    public const string Resolved = "Resolved";

    /// <summary>CredentialsValid True.</summary>
    public const string Valid = "Valid";

    /// <summary>AccountClaimed True.</summary>
    public const string Claimed = "Claimed";

    /// <summary>ReceiverAvailable True.</summary>
    public const string Available = "Available";

    /// <summary>EndpointReachable True: the nonce came back.</summary>
    public const string Reachable = "Reachable";

    /// <summary>EndpointReachable True although nothing was proven: <c>webhook.probe</c> is Disabled.</summary>
    public const string ProbeDisabled = "ProbeDisabled";

    /// <summary>WebhookRegistered True.</summary>
    public const string Registered = "Registered";

    /// <summary>DeliveryHealthy True.</summary>
    public const string Healthy = "Healthy";

    /// <summary>Ready True.</summary>
    public const string Ready = "Ready";

    // Any condition.

    /// <summary>Not looked at yet, or on its way: the next pass goes on by itself.</summary>
    public const string Progressing = "Progressing";

    /// <summary><c>spec.suspend</c> is true: the operator leaves the integration as it is.</summary>
    public const string Suspended = "Suspended";

    /// <summary>The operator hit an error of its own or of the API server; it retries with growing pauses. The log has the error.</summary>
    public const string Error = "Error";

    // SpecAccepted.

    /// <summary>
    /// The spec breaks a rule: http:// webhook URL, two provider blocks, the block of another provider, a changed provider, and so on. Stalled.
    /// </summary>
    public const string InvalidSpec = "InvalidSpec";

    /// <summary>This version of the operator has no driver for the provider yet, or the platform team does not allow it here. Stalled.</summary>
    public const string ProviderNotSupported = "ProviderNotSupported";

    // SecretsResolved.

    /// <summary>A referenced Secret does not exist; its arrival wakes the integration.</summary>
    public const string SecretNotFound = "SecretNotFound";

    /// <summary>A referenced Secret exists but has no such key; a change of it wakes the integration.</summary>
    public const string KeyMissing = "KeyMissing";

    /// <summary>The value is empty, padded with blanks or line ends, or cannot be a credential of this kind. Stalled; the provider is not asked.</summary>
    public const string MalformedCredential = "MalformedCredential";

    // CredentialsValid.

    /// <summary>The provider refused the credentials (401): wrong, revoked or expired. Stalled; also wakes on the slow timer.</summary>
    public const string InvalidCredentials = "InvalidCredentials";

    /// <summary>The credentials are genuine but may not do what is needed: scope missing, bot blocked, account suspended. Stalled.</summary>
    public const string InsufficientPermission = "InsufficientPermission";

    /// <summary>The credentials belong to another account than the spec names, such as a token of another bot. Stalled.</summary>
    public const string AccountMismatch = "AccountMismatch";

    /// <summary>The provider asked us to slow down (429); retried when it said so.</summary>
    public const string RateLimited = "RateLimited";

    /// <summary>The provider could not be asked: no connection, too slow, 5xx, or something that is not its API answered. Retried.</summary>
    public const string ProviderUnavailable = "ProviderUnavailable";

    /// <summary>Event: the credentials run out within 14, 7 or 1 days.</summary>
    public const string CredentialsExpiring = "CredentialsExpiring";

    /// <summary>Event: something about the account that is not wrong but may surprise, such as people who answer in the provider's own console.</summary>
    public const string AccountNotice = "AccountNotice";

    // AccountClaimed.

    /// <summary>An older integration holds the same account; this one touches nothing at the provider. Stalled until that one is gone.</summary>
    public const string AccountConflict = "AccountConflict";

    /// <summary>Another integration uses the same Meta app with another URL; put both into one <c>receiver.group</c>. Stalled.</summary>
    public const string AppShared = "AppShared";

    // SinkResolved.

    /// <summary>The spec names no sink and the operator has no default. Stalled.</summary>
    public const string NoSink = "NoSink";

    /// <summary>The object that <c>sink.http.ref</c> names, or a Service that a broker's address names, does not exist. Looked at every half minute.</summary>
    public const string SinkNotFound = "SinkNotFound";

    /// <summary>The object that <c>sink.http.ref</c> names tells no address (yet), or its kind is unknown here.</summary>
    public const string SinkNotAddressable = "SinkNotAddressable";

    /// <summary>The operator may not read the object that <c>sink.http.ref</c> names, or a Service that a broker's address names; the message says which right it lacks. Looked at every half minute.</summary>
    public const string SinkForbidden = "SinkForbidden";

    /// <summary>The operator's policy forbids this address or namespace as a sink. Stalled.</summary>
    public const string SinkNotAllowed = "SinkNotAllowed";

    // ReceiverAvailable.

    /// <summary>The receiver's image cannot be pulled.</summary>
    public const string ImagePullFailed = "ImagePullFailed";

    /// <summary>
    /// True, and an Event: the receiver's pods are kept as they were, since they hold events that a sink does not take, and an emptyDir goes with its pod. The change follows when these are
    /// delivered.
    /// </summary>
    public const string RolloutHeld = "RolloutHeld";

    /// <summary>The receiver starts and ends again and again; its log says why.</summary>
    public const string CrashLooping = "CrashLooping";

    /// <summary>No node takes the receiver: resources, selector, affinity or taints.</summary>
    public const string Unschedulable = "Unschedulable";

    /// <summary>The namespace's quota leaves no room for the receiver.</summary>
    public const string QuotaExceeded = "QuotaExceeded";

    /// <summary>An object with the name of a child belongs to somebody else; it is left alone. Stalled until it is gone.</summary>
    public const string ChildConflict = "ChildConflict";

    /// <summary>Another member of the receiver group has the same path; set <c>spec.webhook.path</c>. Stalled.</summary>
    public const string PathConflict = "PathConflict";

    /// <summary>Event: a setting of <c>spec.receiver</c> or <c>spec.delivery.spool</c> has no effect, since the oldest member of the group wants it otherwise.</summary>
    public const string ReceiverSettingsIgnored = "ReceiverSettingsIgnored";

    /// <summary>The volume claim of the spool cannot become what <c>spec.delivery.spool</c> asks for; the receiver stays as it is. Stalled.</summary>
    public const string SpoolClaimRefused = "SpoolClaimRefused";

    /// <summary>Event: the receiver is gone and its volume claim stays, with what was not delivered.</summary>
    public const string SpoolKept = "SpoolKept";

    // EndpointReachable.

    /// <summary>Neither <c>webhook.url</c> nor the operator's configuration says which URL providers reach. Stalled.</summary>
    public const string NoWebhookUrl = "NoWebhookUrl";

    /// <summary>The API server does not have the kind that <c>spec.exposure.type</c> names, such as HTTPRoute without the Gateway API. Stalled; also wakes on the slow timer.</summary>
    public const string RouteNotServed = "RouteNotServed";

    /// <summary>The API server or an admission webhook refuses the Ingress or HTTPRoute, such as a host and path that another one has. Stalled when the object itself is at fault, otherwise retried.</summary>
    public const string RouteRefused = "RouteRefused";

    /// <summary>Nothing answered at the public URL: DNS, connection, time-out, or a 5xx of something in between.</summary>
    public const string ProbeFailed = "ProbeFailed";

    /// <summary>The public URL answers with a certificate that providers do not accept: expired, wrong name, unknown authority.</summary>
    public const string TlsInvalid = "TlsInvalid";

    /// <summary>Something answers at the public URL, but it is not our receiver.</summary>
    public const string WrongResponder = "WrongResponder";

    // WebhookRegistered.

    /// <summary>The provider refused the registration, such as a port it does not deliver to. Stalled.</summary>
    public const string RegistrationRejected = "RegistrationRejected";

    /// <summary>The provider's registration no longer is ours, and it is being repaired.</summary>
    public const string RegistrationDrifted = "RegistrationDrifted";

    /// <summary>Somebody must do something at the provider's console; the message says where.</summary>
    public const string ManualActionRequired = "ManualActionRequired";

    // Rotation of the webhook token (annotation messenger-operator.io/rotate-webhook-token).

    /// <summary>Event: a new token was made; the former one is accepted as well for now.</summary>
    public const string RotationStarted = "RotationStarted";

    /// <summary>Event: the former token is not accepted any more.</summary>
    public const string RotationCompleted = "RotationCompleted";

    /// <summary>Event: there is no generated token, so none to rotate.</summary>
    public const string RotationNotPossible = "RotationNotPossible";

    // DeliveryHealthy.

    /// <summary>Deliveries pile up at the provider.</summary>
    public const string PendingDeliveries = "PendingDeliveries";

    /// <summary>The provider reports errors when it delivers to us; <c>status.webhook.lastError</c> says which.</summary>
    public const string ProviderReportsErrors = "ProviderReportsErrors";

    /// <summary>The sink does not take events at the moment; they wait.</summary>
    public const string SinkUnavailable = "SinkUnavailable";

    /// <summary>The receiver's spool has no room; providers are asked to repeat.</summary>
    public const string SpoolFull = "SpoolFull";

    /// <summary>The receiver cannot write its spool; providers are asked to repeat.</summary>
    public const string SpoolUnavailable = "SpoolUnavailable";

    /// <summary>Events have been waiting for the sink for minutes.</summary>
    public const string EventsDelayed = "EventsDelayed";

    /// <summary>The sink refused events for good; they were put aside.</summary>
    public const string DeadLetters = "DeadLetters";

    // Deletion (the integration has a deletion timestamp).

    /// <summary>The webhook is being removed at the provider. The cause of a delay is in the message.</summary>
    public const string Deregistering = "Deregistering";

    /// <summary>Event: the webhook was removed at the provider.</summary>
    public const string Deregistered = "Deregistered";

    /// <summary>Event and ledger: the registration could not be removed before <c>spec.deregistrationDeadline</c> and may still exist.</summary>
    public const string RegistrationLeaked = "RegistrationLeaked";

    /// <summary>Event: until <c>spec.deregistrationDeadline</c> the API server, or a policy behind it, refused to remove what was made for the integration; it went all the same.</summary>
    public const string CleanupRefused = "CleanupRefused";
}
