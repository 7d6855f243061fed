using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Microsoft.AspNetCore.Http;

namespace MessengerOperator.Reconciliation.IntegrationTests.World;

/// <summary>Refuses an Ingress for a host and path that another one of the namespace has, as ingress-nginx does: what was deleted counts for a moment longer, since it looks at a cache.</summary>
internal sealed class IngressAdmission : IAsyncDisposable
{
    private const string Label = "admission.test/namespace";
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, (string Url, DateTimeOffset? GoneAt)> _seen = new();
    private readonly Kubernetes _client;
    private readonly string _name;
    private readonly PublicEndpoint _endpoint;
    private int _refusals;

    private IngressAdmission(Kubernetes client, string name, PublicEndpoint endpoint) => (_client, _name, _endpoint) = (client, name, endpoint);

    /// <summary>How often it has refused.</summary>
    public int Refusals => _refusals;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Watches over one namespace until disposed.</summary>
    public static async Task<IngressAdmission> StartAsync(Kubernetes client, string ns)
    {
        var admission = new IngressAdmission(client, $"{ns}.admission.test", await PublicEndpoint.StartAsync());
        admission._endpoint.Handler = admission.ReviewAsync;
        var labelled = new JsonObject { ["metadata"] = new JsonObject { ["labels"] = new JsonObject { [Label] = ns } } };
        await client.CoreV1.PatchNamespaceAsync(new V1Patch(labelled.ToJsonString(), V1Patch.PatchType.MergePatch), ns, cancellationToken: Cancelled);
        await client.AdmissionregistrationV1.CreateValidatingWebhookConfigurationAsync(admission.Configuration(ns), cancellationToken: Cancelled);
        return admission;
    }

    public async ValueTask DisposeAsync()
    {
        await _client.AdmissionregistrationV1.DeleteValidatingWebhookConfigurationAsync(_name, cancellationToken: CancellationToken.None);
        await _endpoint.DisposeAsync();
    }

    private V1ValidatingWebhookConfiguration Configuration(string ns) => new()
    {
        Metadata = new V1ObjectMeta { Name = _name },
        Webhooks =
        [
            new V1ValidatingWebhook
            {
                Name = _name,
                AdmissionReviewVersions = ["v1"],
                SideEffects = "None",
                FailurePolicy = "Fail",
                NamespaceSelector = new V1LabelSelector { MatchLabels = new Dictionary<string, string> { [Label] = ns } },
                ClientConfig = new Admissionregistrationv1WebhookClientConfig { Url = $"{_endpoint.Address}/review", CaBundle = Encoding.UTF8.GetBytes(_endpoint.AuthorityPem) },
                Rules = [new V1RuleWithOperations { ApiGroups = ["networking.k8s.io"], ApiVersions = ["v1"], Resources = ["ingresses"], Operations = ["CREATE", "UPDATE", "DELETE"] }],
            },
        ],
    };

    private async Task ReviewAsync(HttpContext context)
    {
        var request = (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!["request"]!;
        var name = (string)request["name"]!;
        var allowed = (string)request["operation"]! == "DELETE" ? Forget(name) : Take(name, UrlOf(request["object"]!));
        var response = new JsonObject { ["uid"] = (string)request["uid"]!, ["allowed"] = allowed };
        if (!allowed)
        {
            Interlocked.Increment(ref _refusals);
            response["status"] = new JsonObject { ["message"] = "host and path are already defined in another ingress" };
        }

        await context.Response.WriteAsJsonAsync(new JsonObject { ["apiVersion"] = "admission.k8s.io/v1", ["kind"] = "AdmissionReview", ["response"] = response }, context.RequestAborted);
    }

    private bool Forget(string name)
    {
        if (_seen.TryGetValue(name, out var known))
        {
            _seen[name] = known with { GoneAt = TimeProvider.System.GetUtcNow() };
        }

        return true;
    }

    private bool Take(string name, string url)
    {
        var now = TimeProvider.System.GetUtcNow();
        if (_seen.Any(other => other.Key != name && other.Value.Url == url && (other.Value.GoneAt is not { } gone || now < gone + Delay)))
        {
            return false;
        }

        _seen[name] = (url, null);
        return true;
    }

    private static string UrlOf(JsonNode ingress)
    {
        var rule = ingress["spec"]!["rules"]![0]!;
        return $"{(string)rule["host"]!}{(string)rule["http"]!["paths"]![0]!["path"]!}";
    }
}
