using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using k8s;
using Microsoft.AspNetCore.Http;

namespace MessengerOperator.Reconciliation.IntegrationTests.World;

/// <summary>The receivers of one namespace, run for real behind the public endpoint: a Deployment with a ready pod answers with what it would mount now.</summary>
internal sealed class LiveReceivers(Kubernetes client, string ns) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, LiveReceiver> _receivers = new();

    /// <summary>Answers as the ingress in front of them does: 404 for a path that none has.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        foreach (var deployment in (await client.AppsV1.ListNamespacedDeploymentAsync(ns, cancellationToken: context.RequestAborted)).Items)
        {
            if (deployment.Status.ReadyReplicas is not > 0)
            {
                continue;
            }

            var receiver = _receivers.GetOrAdd(deployment.Metadata.Name, _ => new LiveReceiver());
            await receiver.MountAsync(client, deployment);
            using var answer = await receiver.AskAsync(context, body.ToArray());
            if (answer is not null)
            {
                await GiveAsync(context.Response, answer);
                return;
            }
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    /// <summary>What the receivers say of their routes, as if they were one; null when none runs.</summary>
    public async Task<string?> StatusAsync()
    {
        var routes = new JsonArray();
        foreach (var receiver in _receivers.Values)
        {
            if (await receiver.StatusAsync() is { } status)
            {
                foreach (var route in JsonNode.Parse(status)!["routes"]!.AsArray())
                {
                    routes.Add(route!.DeepClone());
                }
            }
        }

        return routes.Count == 0 ? null : new JsonObject { ["routes"] = routes }.ToJsonString();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var receiver in _receivers.Values)
        {
            await receiver.DisposeAsync();
        }
    }

    private static async Task GiveAsync(HttpResponse response, HttpResponseMessage answer)
    {
        response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key != "Transfer-Encoding"))
        {
            response.Headers[name] = values.ToArray();
        }

        await answer.Content.CopyToAsync(response.Body);
    }
}
