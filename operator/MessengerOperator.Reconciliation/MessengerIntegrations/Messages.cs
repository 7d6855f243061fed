using MessengerOperator.Runtime.Client;

namespace MessengerOperator.Reconciliation.MessengerIntegrations;

/// <summary>The sentences of the conditions: what is, and what to do. Nothing in them changes from pass to pass.</summary>
internal static class Messages
{
    public const string Ready = "Messages arrive.";
    public const string Accepted = "The spec obeys every rule.";
    public const string SecretsResolved = "Every referenced Secret is there and looks right.";
    public const string CredentialsValid = "The provider accepts the credentials, and they belong to the named account.";
    public const string AccountClaimed = "No other integration holds this account.";
    public const string SinkResolved = "The sink's address is known.";
    public const string ReceiverAvailable = "The receiver is running.";
    public const string EndpointReachable = "The public URL leads to our receiver.";
    public const string ProbeDisabled = "Not proven: spec.webhook.probe is Disabled.";
    public const string Registered = "The provider delivers to our URL with our settings.";
    public const string DeliveryHealthy = "The provider reports no delivery trouble.";
    public const string DeliveryUnknown = "The provider tells nothing about its deliveries.";

    public const string NoWebhookUrl = "No public URL is known; set spec.webhook.url, or a default in the operator's configuration.";

    public static string RouteNotServed(ResourceType kind) =>
        $"The API server does not serve {kind.Kind} of {kind.ApiVersion}; install its resource definition (for an HTTPRoute that of the Gateway API 1.0 or newer), or set spec.exposure.type to another one.";

    public static string RouteRefused(string kind, string name) =>
        $"The API server does not admit the {kind} '{name}'; the Event says why. Correct spec.exposure, spec.webhook, or what else claims the URL.";

    public const string ProbeFailed = "Nothing answers at the public URL; check its DNS record, the route to the receiver's Service and the firewall.";
    public const string TlsInvalid = "The certificate at the public URL is not one that providers accept; check its names, its dates and its authority.";
    public const string WrongResponder = "Something answers at the public URL, but not our receiver; route the webhook's path to the receiver's Service.";

    public const string ReceiverLoading = "The receiver is loading changed files; pods get them within two minutes.";

    public static string RolloutHeld(string deployment) =>
        "The receiver's pods stay as they are for now: they hold events that a sink does not take, and what is in an emptyDir goes with its pod. The change follows when the events are "
        + $"delivered; mend the sink, or set spec.sink to one that works. 'kubectl delete deployment {deployment}' makes new pods at once, and loses the events.";

    public const string RotationStarted = "A new webhook token was made on request. The former one is accepted until the provider has the new one, and for the overlap after that.";
    public const string RotationCompleted = "The provider has the new webhook token; the former one is not accepted any more.";
    public const string RotationNotPossible = "There is no generated webhook token to rotate: the provider uses none, or the spec names a Secret with one; change that Secret instead.";

    public static string RotationStartedByHand(string secret) =>
        $"A new webhook token was made on request. Enter it at the provider within a day (Secret '{secret}', key 'token'); until then the former one is accepted too.";

    public static string PathTaken(string integration) => $"The path is that of {integration} in the same receiver; set spec.webhook.path to another one.";

    public static string ReceiverSettingsIgnored(string group, string lead, IReadOnlyList<string> fields) =>
        $"The receiver of group '{group}' is made to the settings of its oldest member '{lead}'; here {string.Join(", ", fields)} differs and has no effect.";

    public static string ProviderNotSupported(string provider) => $"This version of the operator has no driver for {provider}; use a newer one.";

    public static string SecretNotFound(string field, string name, string key) =>
        $"{field}: there is no Secret '{name}' in this namespace; create it with the key '{key}'.";

    public static string KeyMissing(string field, string name, string key) => $"{field}: the Secret '{name}' has no key '{key}'; add it or correct the reference.";

    public static string MalformedCredential(string field, string name, string key, string problem) =>
        $"{field}: the value under the key '{key}' of Secret '{name}' cannot be right: {problem}.";

    public static string ReferenceMissing(string field) => $"{field}: the spec must name a Secret and a key.";

    public static string ForeignSecret(string name) =>
        $"The Secret '{name}' exists but was not made by the operator for this integration; rename or delete it, the name is needed for the webhook token.";

    public static string ForeignChild(string kind, string name) =>
        $"The {kind} '{name}' exists but belongs to somebody else; rename or delete it, the receiver needs the name.";

    public static string CredentialsExpiring(int days) =>
        $"The credentials run out in less than {(days == 1 ? "a day" : $"{days} days")} (status.account.credentialsExpireAt); put new ones into the Secret before.";

    public static string AccountConflict(string winner) =>
        $"The older integration {winner} holds this account; delete one of the two. Nothing is registered for this one.";

    public static string AppShared(string owner, string? group) => group is null
        ? $"The Meta app belongs to the receiver group of {owner}, in another namespace; an app has one webhook, so its pages must be in one namespace and group."
        : $"The Meta app belongs to {owner}, and an app has one webhook; set spec.receiver.group to '{group}' here, so that its pages share a receiver.";

    public static string AppHasOneUrl(string owner) =>
        $"The Meta app has one webhook, whose URL {owner} sets; make spec.webhook.url and spec.webhook.path the same as there, or leave them out.";

    public const string ReceiverGrowing = "Enough of the receiver's pods are ready; more are starting.";

    public static string ReceiverShort(string trouble) => $"Enough of the receiver's pods are ready, but not all. {trouble}";

    public const string ReceiverProgressing = "The receiver's pods are starting.";
    public const string ImagePullFailed = "The receiver's image cannot be pulled; check its name in the operator's configuration and spec.receiver.imagePullSecrets.";
    public const string CrashLooping = "The receiver starts and stops again; look at its log (kubectl logs).";
    public const string Unschedulable = "No node takes the receiver; check spec.receiver's resources, nodeSelector and tolerations against the nodes.";

    public static string UnschedulableWithClaim(string claim) =>
        $"No node takes the receiver, or its volume claim '{claim}' gets no volume; kubectl describe pvc says why. Check the storage class, and spec.receiver's resources, nodeSelector and tolerations.";

    public static string ClaimNotAdmitted(string claim) =>
        $"The API server does not admit the volume claim '{claim}'; check the namespace's quota and limits for claims, and spec.delivery.spool.";

    public static string ClaimCannotShrink(string claim) =>
        $"The volume claim '{claim}' cannot shrink; raise spec.delivery.spool.sizeLimit of the receiver's oldest member to what the claim requests. The receiver stays as it is.";

    public static string ClaimKeepsItsClass(string claim) =>
        $"The volume claim '{claim}' keeps its storage class; set spec.delivery.spool.storageClassName of the receiver's oldest member back. The receiver stays as it is.";

    public static string ClaimCannotChange(string claim) =>
        $"The volume claim '{claim}' cannot become what spec.delivery.spool of the receiver's oldest member asks for; it grows only when it is bound and its storage class allows it. Set the fields back. The receiver stays as it is.";

    public static string SpoolKept(string claim) =>
        $"The volume claim '{claim}' stays, with the events that were not delivered in it. A receiver of the same name delivers them; delete the claim when they may be lost.";

    public const string QuotaExceeded = "The namespace's quota or limits leave no room for the receiver; raise them or lower spec.receiver.resources.";
    public const string PodsRefused = "The API server refuses the receiver's pods; kubectl describe replicaset says why.";
    public const string SinkUnavailable = "The sink does not take events; they wait. Look at the sink and at spec.sink.";
    public const string SpoolFull =
        "The receiver's spool is full; providers are asked to repeat what comes now. Find out why the sink does not take the events that wait, or raise spec.delivery.spool.sizeLimit.";

    public const string SpoolUnavailable = "The receiver cannot write its spool; providers are asked to repeat what comes now. Look at its log and at its volume.";

    public const string EventsDelayed =
        "Events have been waiting for the sink for more than five minutes: it takes them more slowly than they come, or fails on some. Look at the sink and at the receiver's log.";

    public const string DeadLetters = "The sink refused events for good; they were put aside in the receiver's spool. \"kubectl exec deploy/NAME-receiver -- /app/messenger-receiver dead-letters list\" shows them; mend the sink, then \"dead-letters redrive\" delivers them.";
    public const string PendingDeliveries = "Events pile up at the provider; deliveries do not keep up.";

    public const string RegistrationDrifted =
        "The provider keeps showing a registration that is not ours; something else registers a webhook for this account. Find and stop it.";

    public static string RegistrationRepaired(string settings) =>
        $"The registration at the provider had been changed by somebody else ({settings}); it is ours again. Find out who writes there.";

    public static string Deregistered(string url) => $"The registration of {url} was removed at the provider.";

    public static string StaysForOthers(string scope) => $"The registration of {scope} stays at the provider: other integrations use it too.";

    public static string NotOursAnyMore(string url) => $"The provider no longer delivers to {url} but elsewhere; that registration was left alone.";

    public static string StillDeregistering(string cause) =>
        $"The webhook could not be removed at the provider yet; deletion goes on when it could, or at the deregistration deadline. {cause}";

    public static string CleanupRefused(string cause) =>
        $"Not all that was made for this integration could be removed, and the deregistration deadline is over; Kubernetes collects what the integration owned, the rest stays. {cause}";

    public static string RegistrationLeaked(string url, string accountId, string cause) =>
        $"The registration of {url} at account {accountId} could not be removed and may still exist; remove it at the provider. {cause}";
}
