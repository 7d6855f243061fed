using System.Net;
using System.Text.Json;
using k8s;
using k8s.Autorest;
using MessengerOperator.Api.MessengerIntegrations;
using Microsoft.Extensions.Options;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Sinks;

/// <summary>Finds a sink's address: a URL as it stands, a Service, or any object with <c>status.address.url</c>.</summary>
internal sealed class SinkResolver(IKubernetes client, AddressableReader addressables, BrokerResolver brokers, IOptions<IntegrationOptions> options)
{
    /// <summary>Resolves the sink of an integration's events: the spec's, or the operator's default.</summary>
    public Task<SinkResolution> ResolveAsync(MessengerIntegration integration, CancellationToken cancellationToken)
    {
        if (integration.Spec.Sink is { } sink)
        {
            return ResolveAsync(sink, SinkPlace.Events, integration.Metadata.NamespaceProperty, cancellationToken);
        }

        return Task.FromResult<SinkResolution>(options.Value.Sink?.Http?.Url is { } fallback ? new SinkResolution.Resolved(new ResolvedSink(fallback, Http: null) { MayBePrivate = true }) : NoSink(SinkPlace.Events));
    }

    /// <summary>Resolves the sink of an integration's dead letters; null when it has none, so that they stay in the spool.</summary>
    public async Task<SinkResolution?> ResolveDeadLetterAsync(MessengerIntegration integration, CancellationToken cancellationToken) => integration.Spec.Delivery.DeadLetter is { } sink
        ? await ResolveAsync(sink, SinkPlace.DeadLetters, integration.Metadata.NamespaceProperty, cancellationToken)
        : null;

    private async Task<SinkResolution> ResolveAsync(SinkSpec sink, SinkPlace place, string ownNamespace, CancellationToken cancellationToken) => (sink.Http, BrokerSpec.Of(sink)) switch
    {
        ({ } http, _) => await ResolveAsync(http, place, ownNamespace, cancellationToken),
        (_, { } broker) => await brokers.ResolveAsync(sink, broker, place, ownNamespace, cancellationToken),
        _ => NoSink(place),
    };

    private async Task<SinkResolution> ResolveAsync(HttpSinkSpec http, SinkPlace place, string ownNamespace, CancellationToken cancellationToken)
    {
        if (http.Ref is { } reference)
        {
            return await ResolveAsync(reference, http, place, ownNamespace, cancellationToken);
        }

        if (!Uri.TryCreate(http.Url, UriKind.Absolute, out var url))
        {
            return NoSink(place);
        }

        return SinkPolicy.Allows(url, options.Value)
            ? new SinkResolution.Resolved(new ResolvedSink(url, http) { Place = place, MayBePrivate = SinkPolicy.MayBePrivate(options.Value) })
            : NotAllowed(place);
    }

    private async Task<SinkResolution> ResolveAsync(SinkReference reference, HttpSinkSpec http, SinkPlace place, string ownNamespace, CancellationToken cancellationToken)
    {
        var ns = reference.Namespace ?? ownNamespace;
        if (ns != ownNamespace && !options.Value.AllowCrossNamespaceSinks)
        {
            return NotAllowed(place);
        }

        try
        {
            var url = reference is { ApiVersion: "v1", Kind: "Service" }
                ? await ServiceUrlAsync(reference, ns, cancellationToken)
                : await addressables.UrlAsync(reference, ns, cancellationToken);
            return url is null ? NotAddressable(place)
                : !SinkPolicy.AllowsReferred(url, options.Value) ? NotAllowed(place)
                : new SinkResolution.Resolved(new ResolvedSink(url, http) { Place = place, MayBePrivate = true });
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return new SinkResolution.NotYet(
                MessengerIntegrationReasons.SinkNotFound, $"The object that {place.Field}.http.ref names does not exist; create it or correct the reference.");
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.Forbidden)
        {
            var resource = reference is { ApiVersion: "v1", Kind: "Service" } ? "services" : $"objects of the kind {reference.Kind} ({reference.ApiVersion})";
            return SinkResolution.NotYet.Forbidden($"{place.Field}.http.ref", resource, ns);
        }
        catch (JsonException)
        {
            return NotAddressable(place);
        }
    }

    private static SinkResolution.Refused NoSink(SinkPlace place) => new(
        MessengerIntegrationReasons.NoSink, $"Events have nowhere to go; set {place.Field}, or a default sink in the operator's configuration.");

    private static SinkResolution.Refused NotAllowed(SinkPlace place) => new(
        MessengerIntegrationReasons.SinkNotAllowed,
        $"The operator's policy does not allow this sink address; use {place.Field}.http.ref for a Service of this namespace, or ask the platform team to allow it.");

    private static SinkResolution.NotYet NotAddressable(SinkPlace place) => new(
        MessengerIntegrationReasons.SinkNotAddressable,
        $"The object that {place.Field}.http.ref names tells no usable address; a Service needs the named port (or a single one), any other kind status.address.url.");

    private async Task<Uri?> ServiceUrlAsync(SinkReference reference, string ns, CancellationToken cancellationToken)
    {
        var service = await client.CoreV1.ReadNamespacedServiceAsync(reference.Name, ns, cancellationToken: cancellationToken);
        if (service.Spec.Type == "ExternalName")
        {
            return null; // it leads wherever somebody says
        }

        var ports = service.Spec.Ports?.Select(port => port.Port).ToList() ?? [];
        int? port = reference.Port switch
        {
            { } wanted => ports.Contains(wanted) ? wanted : null,
            null => ports is [var only] ? only : ports.Contains(80) ? 80 : null,
        };

        return port is null ? null : new UriBuilder(Uri.UriSchemeHttp, $"{reference.Name}.{ns}.svc", port.Value, reference.Path ?? "/").Uri;
    }
}
