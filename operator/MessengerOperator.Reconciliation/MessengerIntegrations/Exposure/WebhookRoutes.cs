using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Meta;
using MessengerOperator.Providers;
using MessengerOperator.Reconciliation.MessengerIntegrations.Checks;
using MessengerOperator.Reconciliation.MessengerIntegrations.Children;
using MessengerOperator.Runtime.Apply;
using MessengerOperator.Runtime.Client;
using MessengerOperator.Runtime.Discovery;
using MessengerOperator.Runtime.Informers;
using Microsoft.Extensions.Options;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Exposure;

/// <summary>Keeps the Ingress or the HTTPRoute that leads a webhook's URL to its receiver, where the spec wants one.</summary>
/// <remarks>
/// Each integration has its own, named after it and owned by it, but a URL has one: of the members of a group that share a URL (pages of a Meta app) one carries it for all, since ingress
/// controllers refuse the same host and path a second time. Any of them keeps it up, whosever it is: the one that carries it may be held up by something else.
/// </remarks>
internal sealed class WebhookRoutes(
    IResourceApplier applier,
    IApiDiscovery discovery,
    ProviderRegistry providers,
    ILister<MessengerIntegration> integrations,
    ILister<V1Ingress> ingresses,
    ILister<V1HttpRoute> httpRoutes,
    IOptions<IntegrationOptions> options)
{
    private readonly GroupLocks _locks = new();

    /// <summary>Makes the object that an integration's URL needs, or brings it up to date, and removes those that it needs no more.</summary>
    /// <exception cref="ForeignOwnerException">The name is taken by an object that is not ours.</exception>
    /// <exception cref="RouteNotServedException">The server does not have the kind.</exception>
    /// <exception cref="RouteRefusedException">The server does not take the object.</exception>
    public async Task KeepAsync(MessengerIntegration integration, CancellationToken cancellationToken)
    {
        using var held = await _locks.EnterAsync(ReceiverGroup.Of(integration).Key, cancellationToken);
        var route = Wanted(integration);
        if (route is not null)
        {
            await CarryAsync([route, .. Sharing(route)], cancellationToken);
        }

        // Only when the one of the other kind is there, so that a change of the type that fails takes nothing away.
        if (route?.Type != ExposureType.Ingress)
        {
            await DeleteAsync<V1Ingress>(integration, cancellationToken);
        }

        if (route?.Type != ExposureType.HTTPRoute)
        {
            await DeleteAsync<V1HttpRoute>(integration, cancellationToken);
        }
    }

    /// <summary>Removes what an integration that goes has, and lets another one carry the URL if it shares it. To be called when its registrations are gone, or never were ours to remove.</summary>
    public async Task RemoveAsync(MessengerIntegration integration, CancellationToken cancellationToken)
    {
        using var held = await _locks.EnterAsync(ReceiverGroup.Of(integration).Key, cancellationToken);
        await DeleteAsync<V1Ingress>(integration, cancellationToken);
        await DeleteAsync<V1HttpRoute>(integration, cancellationToken);
        if (Wanted(integration) is not { } route || Sharing(route) is not { Count: > 0 } others)
        {
            return;
        }

        try
        {
            await CarryAsync(others, cancellationToken);
        }
        catch (Exception exception) when (exception is ForeignOwnerException or RouteNotServedException or RouteRefusedException)
        {
            // Those that stay tell it in their own passes; it must not keep this one.
        }
    }

    /// <summary>Of those that share a URL, the one that carries it: who has it already, else the oldest. One that is suspended, or goes, only when there is no other.</summary>
    private async Task CarryAsync(IReadOnlyList<WebhookRoute> sharing, CancellationToken cancellationToken)
    {
        var ordered = sharing
            .OrderBy(route => route.Integration.Metadata.DeletionTimestamp is not null)
            .ThenBy(route => route.Integration.Spec.Suspend)
            .ThenBy(route => !Exists(route))
            .ThenBy(route => route.Integration.Metadata.CreationTimestamp ?? DateTime.MaxValue)
            .ThenBy(route => route.Integration.Metadata.Name, StringComparer.Ordinal)
            .ToList();
        if (ordered[0].Type == ExposureType.Ingress)
        {
            await ApplyAsync(ordered, ingresses, WebhookIngress.Build, cancellationToken);
        }
        else
        {
            await ApplyAsync(ordered, httpRoutes, WebhookHttpRoute.Build, cancellationToken);
        }
    }

    /// <summary>Applies the first one's object, and removes what else there is for the URL.</summary>
    private async Task ApplyAsync<T>(List<WebhookRoute> ordered, ILister<T> existing, Func<WebhookRoute, T> build, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var route = ordered[0];
        var kind = ResourceType.Of<T>();
        if (!await discovery.HasKindAsync(kind.ApiVersion, kind.Kind, cancellationToken))
        {
            throw new RouteNotServedException(kind);
        }

        // Theirs first: as long as one is there, an ingress controller's admission refuses this one.
        foreach (var other in ordered.Skip(1).Select(other => other.Integration).Concat(FormerCarriers(ordered, existing)))
        {
            await DeleteAsync<T>(other, cancellationToken);
        }

        try
        {
            await applier.ApplyAsync(build(route), route.Integration, cancellationToken);
        }
        catch (HttpOperationException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            // It was there once and is not any more.
            throw new RouteNotServedException(kind);
        }
        catch (HttpOperationException exception) when (exception.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Forbidden or HttpStatusCode.UnprocessableEntity)
        {
            throw new RouteRefusedException(kind.Kind, route.Key, exception.StatusCode == HttpStatusCode.UnprocessableEntity, exception);
        }
    }

    /// <summary>Those that have an object for the URL and do not want it any more: each removes its own, but not while something holds it up before that.</summary>
    private IEnumerable<MessengerIntegration> FormerCarriers<T>(List<WebhookRoute> sharing, ILister<T> existing)
        where T : class, IKubernetesObject<V1ObjectMeta> => existing.ByIndex(RouteIndexes.ByUrl, sharing[0].IndexValue)
        .Select(OwnerOf)
        .OfType<MessengerIntegration>()
        .Where(owner => sharing.All(route => route.Integration.Metadata.Uid != owner.Metadata.Uid));

    private MessengerIntegration? OwnerOf(IKubernetesObject<V1ObjectMeta> child) =>
        child.Metadata.OwnerReferences?.FirstOrDefault(owner => owner.Controller == true) is { } controller
        && integrations.TryGet(new NamespacedName(child.Metadata.NamespaceProperty, controller.Name), out var owner)
            ? owner
            : null;

    private bool Exists(WebhookRoute route) => route.Type == ExposureType.Ingress ? ingresses.TryGet(route.Key, out _) : httpRoutes.TryGet(route.Key, out _);

    private List<WebhookRoute> Sharing(WebhookRoute route) => [.. integrations.ByIndex(IntegrationIndexes.ByReceiver, ReceiverGroup.Of(route.Integration).IndexValue)
        .Where(other => other.Metadata.Uid != route.Integration.Metadata.Uid && WebhookAddress.MayHavePath(other, route.Path))
        .Select(Wanted)
        .OfType<WebhookRoute>()
        .Where(route.IsFor)];

    /// <summary>What an integration wants; null when it wants nothing, or its spec is not one that could be followed.</summary>
    private WebhookRoute? Wanted(MessengerIntegration integration)
    {
        if (integration.Spec.Exposure.Type is not (ExposureType.Ingress or ExposureType.HTTPRoute)
            || SpecChecks.Check(integration).Count > 0
            || !providers.TryGet(integration.Spec.Provider.ToString(), out var provider)
            || WebhookAddress.Authority(integration, options.Value) is not { } authority)
        {
            return null;
        }

        var settings = SpecBlock.Of(integration.Spec);
        return new(integration, new Uri(authority).Host, WebhookAddress.Path(integration, provider.Scopes(settings)), provider.PathCarriesToken(settings));
    }

    private async Task DeleteAsync<T>(MessengerIntegration integration, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        try
        {
            await applier.DeleteAsync<T>(WebhookRoute.KeyOf(integration).Name, integration, cancellationToken);
        }
        catch (ForeignOwnerException)
        {
            // It only has the name.
        }
    }
}
