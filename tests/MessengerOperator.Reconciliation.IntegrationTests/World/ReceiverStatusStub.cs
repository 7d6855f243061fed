using System.Text.Json.Nodes;
using k8s.Models;
using MessengerOperator.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MessengerOperator.Reconciliation.IntegrationTests.World;

/// <summary>The management port of the receiver pods of a world without a kubelet: every pod has this address.</summary>
internal sealed class ReceiverStatusStub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private volatile Func<Task<string?>> _answer = () => Task.FromResult<string?>(null);

    private ReceiverStatusStub(WebApplication app) => _app = app;

    /// <summary>Options of a world whose pods answer here.</summary>
    public WorldOptions Options => AddTo(new WorldOptions());

    /// <summary>The same, besides what a world's options are already.</summary>
    public WorldOptions AddTo(WorldOptions options) => options with
    {
        Integrations = integrations =>
        {
            options.Integrations(integrations);
            integrations.ReceiverManagementPort = new Uri(_app.Urls.First()).Port;
        },
        Pods = pod =>
        {
            PodActor.MakeReady(pod);
            pod.Status.PodIP = "127.0.0.1";
            pod.Status.PodIPs = [new V1PodIP { Ip = "127.0.0.1" }];
        },
    };

    public static async Task<ReceiverStatusStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var stub = new ReceiverStatusStub(builder.Build());
        stub._app.Run(async context =>
        {
            if (context.Request.Path != "/status" || await stub._answer() is not { } answer)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return;
            }

            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(answer);
        });
        await stub._app.StartAsync(TestContext.Current.CancellationToken);
        return stub;
    }

    /// <summary>From now on pods say this of an integration and of their spool, as the receiver's <c>/status</c> would.</summary>
    public void Says(TestWorld world, string name, string route, string? spool = null)
    {
        var said = JsonNode.Parse(route)!.AsObject();
        said["integration"] = $"{world.Namespace}/{name}";
        var document = new JsonObject { ["version"] = "0.0.0", ["ready"] = true, ["routes"] = new JsonArray(said) };
        if (spool is not null)
        {
            document["spool"] = JsonNode.Parse(spool);
        }

        Answers(document.ToJsonString());
    }

    /// <summary>From now on pods answer this, whatever it is.</summary>
    public void Answers(string body) => Answers(() => Task.FromResult<string?>(body));

    /// <summary>From now on pods answer what is asked for then; nothing is 404.</summary>
    public void Answers(Func<Task<string?>> body) => _answer = body;

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
