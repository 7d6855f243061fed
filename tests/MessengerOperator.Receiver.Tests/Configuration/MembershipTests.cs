using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using MessengerOperator.Receiver.Tests.Harness;

namespace MessengerOperator.Receiver.Tests.Configuration;

/// <summary>Members of a group come and go, and change their secrets, while events of the others arrive all the time.</summary>
public class MembershipTests
{
    private const int Rounds = 12;
    private const int Senders = 4;

    [Fact]
    public async Task Members_come_and_go_and_no_request_of_another_is_refused_or_lost()
    {
        await using var sink = await TestSink.StartAsync();
        MountedFolder? config = null, secrets = null;
        await using var receiver = await ReceiverUnderTest.StartAsync(sink, options => options.ConfigPath = Path.Combine(Path.GetDirectoryName(options.ConfigPath)!, "config"), prepare: folder =>
        {
            (config, secrets) = (new(Path.Combine(folder, "config")), new(Path.Combine(folder, "secrets")));
            Join(config, secrets, sink, "stays", ReceiverUnderTest.Secret);
            Join(config, secrets, sink, "rotates", "rotates_secret-0000");
            secrets.Sync();
            config.Sync();
        });
        var token = new Token("rotates_secret-0000");
        using var stop = new CancellationTokenSource();
        var (sent, refused) = (new ConcurrentBag<string>(), new ConcurrentBag<string>());
        var begun = new int[Senders];
        var traffic = Enumerable.Range(0, Senders).Select(sender => SendAsync(receiver, sender, token, begun, sent, refused, stop.Token)).ToList();

        for (var round = 1; round <= Rounds; round++)
        {
            var guest = $"guest-{round}";
            Join(config!, secrets!, sink, guest, $"{guest}_secret-01");
            secrets!.Files["rotates.token-previous"] = token.Value;
            secrets.Files["rotates.token"] = $"rotates_secret-{round:0000}";
            secrets.Sync();
            config!.Sync();
            await AcceptsAsync(receiver, guest, $"{guest}_secret-01");
            await AcceptsAsync(receiver, "rotates", secrets.Files["rotates.token"]);

            // The provider has the new one, and nothing signed with the old one is under way any more; only now the old one goes.
            token.Value = secrets.Files["rotates.token"];
            var before = begun.ToArray();
            await Eventually.HoldsAsync(() => begun.Zip(before).All(sender => sender.First > sender.Second + 1), "the provider sends with the new token");
            secrets.Files.Remove("rotates.token-previous");
            Leave(config, secrets, guest);
            config.Sync();
            secrets.Sync();
            await Eventually.HoldsAsync(async () => await StatusOfAsync(receiver, guest, $"{guest}_secret-01") == HttpStatusCode.NotFound, $"{guest} is gone");
        }

        await stop.CancelAsync();
        await Task.WhenAll(traffic);
        Assert.Empty(refused);
        Assert.True(sent.Count > Rounds, "there was traffic");
        var arrived = sink.Taken.Select(taken => $"{taken.Headers["ce-source"]} {taken.Headers["ce-id"]}").ToHashSet(StringComparer.Ordinal);
        Assert.Equal([], sent.Except(arrived));
    }

    private static async Task SendAsync(
        ReceiverUnderTest receiver, int sender, Token token, int[] begun, ConcurrentBag<string> sent, ConcurrentBag<string> refused, CancellationToken stop)
    {
        var name = sender % 2 == 0 ? "stays" : "rotates";
        for (var id = 1 + (sender * 1_000_000); !stop.IsCancellationRequested; id++)
        {
            Interlocked.Increment(ref begun[sender]);

            // As a provider does: with the token of the registration that it has when it begins to send.
            using var response = await receiver.PostAsync(ReceiverUnderTest.Update(id, chat: id), name == "stays" ? ReceiverUnderTest.Secret : token.Value, $"/n/{name}");
            (response.StatusCode == HttpStatusCode.OK ? sent : refused).Add($"/namespaces/n/messengerintegrations/{name} 700000001-{id}");
        }
    }

    private static void Join(MountedFolder config, MountedFolder secrets, TestSink sink, string name, string token)
    {
        var route = ReceiverUnderTest.Route(sink, $"n/{name}", $"/n/{name}");
        route["keys"] = new JsonObject { ["secretToken"] = new JsonArray($"{secrets.Path}/{name}.token", $"{secrets.Path}/{name}.token-previous") };
        route.Remove("probeKeyFile");
        config.Files[$"{name}.json"] = new JsonObject { ["version"] = 1, ["routes"] = new JsonArray(route) }.ToJsonString();
        secrets.Files[$"{name}.token"] = token;
    }

    private static void Leave(MountedFolder config, MountedFolder secrets, string name)
    {
        config.Files.Remove($"{name}.json");
        secrets.Files.Remove($"{name}.token");
    }

    private static Task AcceptsAsync(ReceiverUnderTest receiver, string name, string token) =>
        Eventually.HoldsAsync(async () => await StatusOfAsync(receiver, name, token) == HttpStatusCode.OK, $"{name} is served");

    private static async Task<HttpStatusCode> StatusOfAsync(ReceiverUnderTest receiver, string name, string token)
    {
        using var response = await receiver.PostAsync(ReceiverUnderTest.Update(), token, $"/n/{name}");
        return response.StatusCode;
    }

    /// <summary>The token that the provider has at the moment.</summary>
    private sealed class Token(string value)
    {
        private volatile string _value = value;

        public string Value
        {
            get => _value;
            set => _value = value;
        }
    }
}
