using System.Net;
using System.Text.Json;
using k8s;
using k8s.Autorest;
using MessengerOperator.Api.MessengerIntegrations;
using Microsoft.Extensions.Options;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Sinks;

/// <summary>Finds a sink's address: a URL as it stands, a Service, or any object with <c>status.address.url</c>.</summary>
internal sealed class SinkResolver(IKubernetes client, AddressableReader addressables, IOptions<IntegrationOptions> options)
{
    private static readonly SinkResolution NoSink = new SinkResolution.Refused(
        MessengerIntegrationReasons.NoSink, "Events have nowhere to go; set spec.sink, or a default sink in the operator's configuration.");

    private static readonly SinkResolution NotAllowed = new SinkResolution.Refused(
        MessengerIntegrationReasons.SinkNotAllowed,
        "The operator's policy does not allow this sink address; use spec.sink.http.ref for a Service of this namespace, or ask the platform team to allow it.");

    private static readonly SinkResolution NotFound = new SinkResolution.NotYet(
        MessengerIntegrationReasons.SinkNotFound, "The object that spec.sink.http.ref names does not exist; create it or correct the reference.");

    private static readonly SinkResolution NotAddressable = new SinkResolution.NotYet(
        MessengerIntegrationReasons.SinkNotAddressable,
        "The object that spec.sink.http.ref names tells no usable address; a Service needs the named port (or a single one), any other kind status.address.url.");

    /// <summary>Resolves the sink of an integration.</summary>
    public async Task<SinkResolution> ResolveAsync(MessengerIntegration integration, CancellationToken cancellationToken)
    {
        if (integration.Spec.Sink?.Http is not { } http)
        {
            return options.Value.Sink?.Http?.Url is { } fallback ? new SinkResolution.Resolved(new ResolvedSink(fallback, Http: null) { MayBePrivate = true }) : NoSink;
        }

        if (http.Ref is { } reference)
        {
            return await ResolveAsync(reference, http, integration.Metadata.NamespaceProperty, cancellationToken);
        }

        if (!Uri.TryCreate(http.Url, UriKind.Absolute, out var url))
        {
            return NoSink;
        }

        return SinkPolicy.Allows(url, options.Value) ? new SinkResolution.Resolved(new ResolvedSink(url, http) { MayBePrivate = options.Value.AllowPrivateSinks || options.Value.AllowedSinkHosts.Count > 0 }) : NotAllowed;
    }

    private async Task<SinkResolution> ResolveAsync(SinkReference reference, HttpSinkSpec http, string ownNamespace, CancellationToken cancellationToken)
    {
        var ns = reference.Namespace ?? ownNamespace;
        if (ns != ownNamespace && !options.Value.AllowCrossNamespaceSinks)
        {
            return NotAllowed;
        }

        try
        {
            var url = reference is { ApiVersion: "v1", Kind: "Service" }
                ? await ServiceUrlAsync(reference, ns, cancellationToken)
                : await addressables.UrlAsync(reference, ns, cancellationToken);
            return url is null ? NotAddressable
                : !SinkPolicy.AllowsReferred(url, options.Value) ? NotAllowed
                : new SinkResolution.Resolved(new ResolvedSink(url, http) { MayBePrivate = true });
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return NotFound;
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.Forbidden)
        {
            return NotAddressable;
        }
        catch (JsonException)
        {
            return NotAddressable;
        }
    }

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
