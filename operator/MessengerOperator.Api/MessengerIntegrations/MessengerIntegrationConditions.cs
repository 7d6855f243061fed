namespace MessengerOperator.Api.MessengerIntegrations;

/// <summary>The condition types of a <see cref="MessengerIntegration"/>, in the order in which they are worked out.</summary>
/// <remarks>
/// All but <see cref="Reconciling"/> and <see cref="Stalled"/> are good when True. The reasons named here are those of
/// <see cref="MessengerIntegrationReasons"/>. Unknown means "not looked at yet" (<c>Progressing</c>) or "could not tell"
/// (<c>Error</c>, <c>ProviderUnavailable</c>, <c>RateLimited</c>).
/// </remarks>
public static class MessengerIntegrationConditions
{
    /// <summary>True (Accepted): the spec obeys every rule. False: InvalidSpec, ProviderNotSupported.</summary>
    public const string SpecAccepted = "SpecAccepted";

    /// <summary>
    /// True (Resolved): every referenced Secret and key exists and looks right. False: SecretNotFound, KeyMissing, MalformedCredential.
    /// </summary>
    public const string SecretsResolved = "SecretsResolved";

    /// <summary>
    /// True (Valid): the provider accepted the credentials, and they belong to the account that the spec names.
    /// False: InvalidCredentials, InsufficientPermission, AccountMismatch. Unknown: RateLimited, ProviderUnavailable; within the grace
    /// period the last verdict stays instead.
    /// </summary>
    public const string CredentialsValid = "CredentialsValid";

    /// <summary>True (Claimed): no other integration in the cluster holds the same provider account. False: AccountConflict, AppShared.</summary>
    public const string AccountClaimed = "AccountClaimed";

    /// <summary>True (Resolved): the sink's address is known. False: SinkNotFound, SinkNotAddressable, SinkForbidden, SinkNotAllowed, NoSink, SecretNotFound, KeyMissing.</summary>
    public const string SinkResolved = "SinkResolved";

    /// <summary>
    /// True (Available, RolloutHeld, or why some are missing): enough receiver pods are ready. False: Progressing, ImagePullFailed, CrashLooping,
    /// Unschedulable, QuotaExceeded, ChildConflict.
    /// </summary>
    public const string ReceiverAvailable = "ReceiverAvailable";

    /// <summary>
    /// True (Reachable): a nonce sent to the public URL came back signed by our receiver; also True with ProbeDisabled.
    /// False: NoWebhookUrl, RouteNotServed, RouteRefused, ChildConflict, ProbeFailed, TlsInvalid, WrongResponder.
    /// </summary>
    public const string EndpointReachable = "EndpointReachable";

    /// <summary>
    /// True (Registered): the provider says that it delivers to our URL with our settings. False: RegistrationRejected, RegistrationDrifted,
    /// ManualActionRequired, InvalidCredentials, InsufficientPermission. Unknown: RateLimited, ProviderUnavailable.
    /// </summary>
    public const string WebhookRegistered = "WebhookRegistered";

    /// <summary>
    /// True (Healthy): the provider reports no delivery trouble, spool and sink are fine. False: PendingDeliveries, ProviderReportsErrors,
    /// SinkUnavailable, DeadLetters. Reported only: it never makes Ready False.
    /// </summary>
    public const string DeliveryHealthy = "DeliveryHealthy";

    /// <summary>True (Ready): all of the above but DeliveryHealthy are True. Otherwise status, reason and message of the first that is not. Always present.</summary>
    public const string Ready = "Ready";

    /// <summary>True while the operator works towards the spec; absent otherwise. Never together with Stalled.</summary>
    public const string Reconciling = "Reconciling";

    /// <summary>True when only a change by somebody helps: no fast retries. Absent otherwise. Carries the reason of the condition that is at fault.</summary>
    public const string Stalled = "Stalled";
}
