using System.Net;
using System.Runtime.InteropServices;
using MessengerOperator.Receiver.Tests.Harness;

namespace MessengerOperator.Receiver.Tests.Configuration;

public partial class HotReloadTests
{
    private const string NextSecret = "another_secret-0002";

    [Fact]
    public async Task A_key_is_rotated_without_a_gap()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);

        ReceiverUnderTest.WriteKey(receiver.Folder, "token-next", NextSecret);
        await BecomesAsync(receiver, NextSecret, HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(receiver, ReceiverUnderTest.Secret));

        File.Delete(Path.Combine(receiver.Folder, "token"));
        await BecomesAsync(receiver, ReceiverUnderTest.Secret, HttpStatusCode.Forbidden);
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(receiver, NextSecret));
    }

    [Fact]
    public async Task Files_are_followed_through_the_symbolic_links_that_Kubernetes_swaps()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink, prepare: folder =>
        {
            File.Delete(Path.Combine(folder, "token"));
            Directory.CreateDirectory(Path.Combine(folder, "..1"));
            ReceiverUnderTest.WriteKey(Path.Combine(folder, "..1"), "token", ReceiverUnderTest.Secret);
            File.CreateSymbolicLink(Path.Combine(folder, "..data"), "..1");
            File.CreateSymbolicLink(Path.Combine(folder, "token"), "..data/token");
        });
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(receiver, ReceiverUnderTest.Secret));

        Directory.CreateDirectory(Path.Combine(receiver.Folder, "..2"));
        ReceiverUnderTest.WriteKey(Path.Combine(receiver.Folder, "..2"), "token", NextSecret);
        File.CreateSymbolicLink(Path.Combine(receiver.Folder, "..data_tmp"), "..2");
        Assert.Equal(0, Rename(Path.Combine(receiver.Folder, "..data_tmp"), Path.Combine(receiver.Folder, "..data")));
        Directory.Delete(Path.Combine(receiver.Folder, "..1"), recursive: true);

        await BecomesAsync(receiver, NextSecret, HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusOfAsync(receiver, ReceiverUnderTest.Secret));
    }

    [Fact]
    public async Task Routes_come_and_go_without_a_restart()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);

        ReceiverUnderTest.WriteConfiguration(receiver.Folder, ReceiverUnderTest.Route(sink), ReceiverUnderTest.Route(sink, "sales/acme", "/sales/acme"));
        await BecomesAsync(receiver, ReceiverUnderTest.Secret, HttpStatusCode.OK, "/sales/acme");
        Assert.Equal("/namespaces/sales/messengerintegrations/acme", sink.Taken.Last().Headers["ce-source"]);
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(receiver, ReceiverUnderTest.Secret));

        ReceiverUnderTest.WriteConfiguration(receiver.Folder, ReceiverUnderTest.Route(sink, "sales/acme", "/sales/acme"));
        await BecomesAsync(receiver, ReceiverUnderTest.Secret, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_broken_document_leaves_the_last_good_one_in_use_and_is_told()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink);

        ReceiverUnderTest.Write(receiver.Folder, "receiver.json", "{\"version\":1,\"routes\":[{");
        await Eventually.HoldsAsync(async () => (await receiver.StatusAsync())["configuration"]!["rejectedAt"] is not null, "the status tells");

        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(receiver, ReceiverUnderTest.Secret));
        var metrics = await receiver.MetricsAsync();
        Assert.Contains("messenger_receiver_config_reloads_total{result=\"rejected\"} 1", metrics, StringComparison.Ordinal);
        Assert.Contains("messenger_receiver_config_rejected{} 1", metrics, StringComparison.Ordinal);
        Assert.Contains("ConfigurationRejected", receiver.Log, StringComparison.Ordinal);

        // The files are still followed.
        ReceiverUnderTest.WriteKey(receiver.Folder, "token-next", NextSecret);
        await BecomesAsync(receiver, NextSecret, HttpStatusCode.OK);

        ReceiverUnderTest.WriteConfiguration(receiver.Folder, ReceiverUnderTest.Route(sink));
        await Eventually.HoldsAsync(async () => (await receiver.StatusAsync())["configuration"]!["rejectedAt"] is null, "the repair is seen");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("\n")]
    public async Task Without_its_key_a_route_is_not_ready_and_says_which_file(string? content)
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink, prepare: folder =>
        {
            File.Delete(Path.Combine(folder, "token"));
            if (content is not null)
            {
                ReceiverUnderTest.Write(folder, "token", content);
            }
        });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusOfAsync(receiver, ReceiverUnderTest.Secret));
        var (status, text) = await receiver.ReadinessAsync();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("contact-centre/acme-support: key secretToken: no value in token nor in token-next", text, StringComparison.Ordinal);

        ReceiverUnderTest.WriteKey(receiver.Folder, "token", ReceiverUnderTest.Secret);
        await BecomesAsync(receiver, ReceiverUnderTest.Secret, HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, (await receiver.ReadinessAsync()).Status);
    }

    [Fact]
    public async Task A_route_without_its_key_does_not_hurt_its_neighbours()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink, prepare: folder => ReceiverUnderTest.WriteConfiguration(
            folder, ReceiverUnderTest.Route(sink), ReceiverUnderTest.Route(sink, "sales/acme", "/sales/acme", key: "absent")));

        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(receiver, ReceiverUnderTest.Secret));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusOfAsync(receiver, ReceiverUnderTest.Secret, "/sales/acme"));
        var (status, text) = await receiver.ReadinessAsync();
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("sales/acme: key secretToken", text, StringComparison.Ordinal);
        Assert.Contains("messenger_receiver_routes{state=\"not_ready\"} 1", await receiver.MetricsAsync(), StringComparison.Ordinal);
    }

    // File.Move declines to replace a link to a directory, which is what the kubelet does.
    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Rename(string from, string to);

    private static Task BecomesAsync(ReceiverUnderTest receiver, string token, HttpStatusCode status, string path = ReceiverUnderTest.Path) =>
        Eventually.HoldsAsync(async () => await StatusOfAsync(receiver, token, path) == status, $"{status}");

    private static async Task<HttpStatusCode> StatusOfAsync(ReceiverUnderTest receiver, string token, string path = ReceiverUnderTest.Path)
    {
        using var response = await receiver.PostAsync(ReceiverUnderTest.Update(), token, path);
        return response.StatusCode;
    }
}
