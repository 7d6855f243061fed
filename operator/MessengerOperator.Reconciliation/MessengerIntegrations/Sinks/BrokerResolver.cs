using System.Net;
using k8s;
using k8s.Autorest;
using MessengerOperator.Api.MessengerIntegrations;
using MessengerOperator.Runtime.Client;
using Microsoft.Extensions.Options;

namespace MessengerOperator.Reconciliation.MessengerIntegrations.Sinks;

/// <summary>Decides whether a broker's addresses may be connected to: the names of Services, or what the operator's policy allows.</summary>
internal sealed class BrokerResolver(IKubernetes client, IOptions<IntegrationOptions> options)
{
    private const string ClusterDomain = ".cluster.local";

    /// <summary>Resolves the broker of a sink.</summary>
    /// <param name="sink">A sink that is one.</param>
    /// <param name="broker">What it has in common with others.</param>
    /// <param name="place">Which sink it is.</param>
    /// <param name="ownNamespace">The integration's namespace.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<SinkResolution> ResolveAsync(SinkSpec sink, BrokerSpec broker, SinkPlace place, string ownNamespace, CancellationToken cancellationToken)
    {
        var services = 0;
        foreach (var host in broker.Endpoints.Select(HostOf))
        {
            if (ServiceOf(host) is not { } service)
            {
                if (!SinkPolicy.AllowsHost(host, options.Value))
                {
                    return NotAllowed(broker, place);
                }

                continue;
            }

            services++;
            if (service.Namespace != ownNamespace && !options.Value.AllowCrossNamespaceSinks)
            {
                return NotAllowed(broker, place);
            }

            try
            {
                if (await TypeOfAsync(service.Name, service.Namespace, cancellationToken) == "ExternalName")
                {
                    // It leads wherever somebody says.
                    return NotAllowed(broker, place);
                }
            }
            catch (HttpOperationException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
            {
                return new SinkResolution.NotYet(
                    MessengerIntegrationReasons.SinkNotFound, $"A Service that the addresses of {place.Field}.{broker.Kind} name does not exist; create it or correct the address.");
            }
            catch (HttpOperationException exception) when (exception.StatusCode == HttpStatusCode.Forbidden)
            {
                return SinkResolution.NotYet.Forbidden($"{place.Field}.{broker.Kind}", "services", service.Namespace);
            }
        }

        // All or nothing: one flag says for every address of the sink whether it may be private.
        var mayBePrivate = services == broker.Endpoints.Count || SinkPolicy.MayBePrivate(options.Value);
        return services > 0 && !mayBePrivate
            ? NotAllowed(broker, place)
            : new SinkResolution.Resolved(new ResolvedSink(Url: null, Http: null) { Broker = sink, Place = place, MayBePrivate = mayBePrivate });
    }

    /// <summary>The Service that a name within the cluster is of, be it its own or a pod's below it; null when it is not such a name.</summary>
    private static (string Name, string Namespace)? ServiceOf(string host)
    {
        host = host.TrimEnd('.');
        host = host.EndsWith(ClusterDomain, StringComparison.OrdinalIgnoreCase) ? host[..^ClusterDomain.Length] : host;
        return host.Split('.') is [.., { Length: > 0 } service, { Length: > 0 } ns, var last] && last.Equals("svc", StringComparison.OrdinalIgnoreCase) ? (service, ns) : null;
    }

    private static string HostOf(string endpoint) => endpoint[..endpoint.LastIndexOf(':')].Trim('[', ']');

    private static SinkResolution.Refused NotAllowed(BrokerSpec broker, SinkPlace place) => new(
        MessengerIntegrationReasons.SinkNotAllowed,
        $"The operator's policy does not allow an address of {place.Field}.{broker.Kind}; name a Service of this namespace as NAME.NAMESPACE.svc, or ask the platform team to allow it.");

    private async Task<string?> TypeOfAsync(string name, string ns, CancellationToken cancellationToken) =>
        (await client.CoreV1.ReadNamespacedServiceAsync(name, ns, cancellationToken: cancellationToken)).Spec.Type;
}
