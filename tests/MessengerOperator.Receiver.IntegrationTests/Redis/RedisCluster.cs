using MessengerOperator.Receiver.IntegrationTests.Harness;
using MessengerOperator.Receiver.Tests.Harness;
using StackExchange.Redis;

namespace MessengerOperator.Receiver.IntegrationTests.Redis;

/// <summary>A Redis cluster of three nodes without replicas. The sink is told of one of them.</summary>
public sealed class RedisCluster() : RedisServer(Size)
{
    private const int Size = 3;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await using var creation = await ServerProcess.StartAsync(
            "redis-cli",
            ["--cluster", "create", .. Nodes.Select(node => $"127.0.0.1:{node.Port}"), "--cluster-yes", "--user", Admin],
            "[OK] All 16384 slots covered.",
            new Dictionary<string, string> { ["REDISCLI_AUTH"] = AdminPassword });
        await WorksAsync();
    }

    /// <summary>Which node has a stream.</summary>
    internal async Task<RedisNode> OwnerAsync(string place)
    {
        await using var admin = await ConnectAsync();
        var owner = (System.Net.IPEndPoint)(await admin.GetServers()[0].ClusterNodesAsync())!.GetBySlot(place)!.EndPoint!;
        return Nodes.Single(node => node.Port == owner.Port);
    }

    /// <summary>Moves a stream to another node, as resharding does.</summary>
    /// <param name="place">The stream.</param>
    /// <param name="halfway">What happens when it has been copied and is still the former node's, who sends everybody to the new one for each request.</param>
    internal async Task MoveAsync(string place, Func<Task> halfway)
    {
        await using var admin = await ConnectAsync();
        var from = await OwnerAsync(place);
        var to = Nodes.First(node => node != from);
        var slot = admin.HashSlot(place);
        var (source, target) = (ServerOf(admin, from), ServerOf(admin, to));
        var (sourceId, targetId) = ($"{await source.ExecuteAsync("CLUSTER", "MYID")}", $"{await target.ExecuteAsync("CLUSTER", "MYID")}");
        await target.ExecuteAsync("CLUSTER", "SETSLOT", slot, "IMPORTING", sourceId);
        await source.ExecuteAsync("CLUSTER", "SETSLOT", slot, "MIGRATING", targetId);
        await source.ExecuteAsync("MIGRATE", "127.0.0.1", to.TlsPort, place, 0, 10_000, "AUTH2", Admin, AdminPassword);
        await halfway();
        foreach (var node in Nodes)
        {
            await ServerOf(admin, node).ExecuteAsync("CLUSTER", "SETSLOT", slot, "NODE", targetId);
        }
    }

    /// <summary>Waits until every node finds the cluster whole.</summary>
    internal Task WorksAsync() => Eventually.HoldsAsync(
        async () =>
        {
            try
            {
                await using var admin = await ConnectAsync();
                var states = await Task.WhenAll(Nodes.Select(async node => $"{await ServerOf(admin, node).ExecuteAsync("CLUSTER", "INFO")}"));
                return states.All(state => state.Contains("cluster_state:ok", StringComparison.Ordinal));
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException)
            {
                return false;
            }
        },
        "the cluster works");

    private protected override async Task UpAsync()
    {
        await base.UpAsync();
        await WorksAsync();
    }

    private static IServer ServerOf(ConnectionMultiplexer admin, RedisNode node) => admin.GetServer("127.0.0.1", node.Port);
}
