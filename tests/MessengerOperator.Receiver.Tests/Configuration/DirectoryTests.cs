using System.Net;
using System.Text.Json.Nodes;
using MessengerOperator.Providers;
using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace MessengerOperator.Receiver.Tests.Configuration;

/// <summary>A directory of documents: a member each, and none of them can harm the others.</summary>
public class DirectoryTests
{
    [Fact]
    public async Task Every_document_of_the_directory_is_served()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await StartAsync(sink, folder => Write(folder, "b.json", ReceiverUnderTest.Route(sink, "n/b", "/n/b")));

        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(receiver, "/n/b"));
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(receiver, ReceiverUnderTest.Path));
    }

    [Theory]
    [InlineData(".hidden.json")]
    [InlineData("note.txt")]
    public async Task What_is_hidden_or_no_document_is_passed_over(string name)
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await StartAsync(sink, folder => ReceiverUnderTest.Write(folder, name, "not a document"));

        Assert.Null((await receiver.StatusAsync())["configuration"]!["rejectedAt"]);
        Assert.Equal(HttpStatusCode.OK, (await receiver.ReadinessAsync()).Status);
    }

    [Fact]
    public async Task A_document_that_breaks_stays_in_use_as_it_was_and_the_others_change_on()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await StartAsync(sink, folder => Write(folder, "b.json", ReceiverUnderTest.Route(sink, "n/b", "/n/b")));

        ReceiverUnderTest.Write(receiver.Folder, "b.json", "{\"version\":1,\"routes\":[{");
        Write(receiver.Folder, "c.json", ReceiverUnderTest.Route(sink, "n/c", "/n/c"));
        await BecomesAsync(receiver, "/n/c", HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(receiver, "/n/b"));
        Assert.StartsWith("b.json: not a receiver configuration", Problems(await receiver.StatusAsync()).Single(), StringComparison.Ordinal);
        Assert.Contains("messenger_receiver_config_rejected{} 1", await receiver.MetricsAsync(), StringComparison.Ordinal);
        Assert.Contains("b.json: not a receiver configuration", receiver.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_that_was_never_good_does_not_keep_the_others_from_being_served()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await StartAsync(sink, folder => ReceiverUnderTest.Write(folder, "b.json", """{"version":2,"routes":[]}"""));

        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(receiver, ReceiverUnderTest.Path));
        Assert.Equal(HttpStatusCode.OK, (await receiver.ReadinessAsync()).Status);
        Assert.Contains("b.json: version 2 is not known", Problems(await receiver.StatusAsync()).Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_nothing_but_broken_documents_it_runs_and_is_not_ready()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await StartAsync(sink, folder => ReceiverUnderTest.Write(folder, "receiver.json", "{"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await receiver.ReadinessAsync()).Status);

        ReceiverUnderTest.WriteConfiguration(receiver.Folder, ReceiverUnderTest.Route(sink));
        await BecomesAsync(receiver, ReceiverUnderTest.Path, HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.OK, (await receiver.ReadinessAsync()).Status);
    }

    [Fact]
    public async Task An_empty_directory_is_ready_for_its_first_member()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await StartAsync(sink, folder => File.Delete(Path.Combine(folder, "receiver.json")));

        Assert.Equal(HttpStatusCode.OK, (await receiver.ReadinessAsync()).Status);

        ReceiverUnderTest.WriteConfiguration(receiver.Folder, ReceiverUnderTest.Route(sink));
        await BecomesAsync(receiver, ReceiverUnderTest.Path, HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_document_that_is_away_for_one_look_is_not_gone()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await StartAsync(sink, options: options => options.ReloadInterval = TimeSpan.FromHours(1));
        var watcher = receiver.Services.GetRequiredService<ConfigurationWatcher>();
        File.Delete(Path.Combine(receiver.Folder, "receiver.json"));

        watcher.Reload();
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(receiver, ReceiverUnderTest.Path));

        watcher.Reload();
        Assert.Equal(HttpStatusCode.NotFound, await StatusOfAsync(receiver, ReceiverUnderTest.Path));
    }

    [Fact]
    public async Task A_mounted_directory_is_read_again_only_when_its_version_changes()
    {
        await using var sink = await TestSink.StartAsync();
        MountedFolder? mounted = null;
        await using var receiver = await StartAsync(
            sink,
            folder =>
            {
                mounted = new(Path.Combine(folder, "mounted"));
                mounted.Files["a.json"] = Document(ReceiverUnderTest.Route(sink, "n/a", "/n/a"));
                mounted.Files["token"] = ReceiverUnderTest.Secret;
                mounted.Files["probe-key"] = "probe";
                mounted.Sync();
            },
            options => (options.ConfigPath, options.ReloadInterval) = (Path.Combine(options.ConfigPath, "mounted"), TimeSpan.FromHours(1)));
        var watcher = receiver.Services.GetRequiredService<ConfigurationWatcher>();

        // What no mount does, so that it shows whether anything is read.
        var behind = Path.Combine(mounted!.Path, "..data", "token");
        File.WriteAllText(behind, "another_secret-0002");
        watcher.Reload();
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(receiver, "/n/a"));

        mounted.Files["token"] = "another_secret-0003";
        mounted.Sync();
        watcher.Reload();
        Assert.Equal(HttpStatusCode.Forbidden, await StatusOfAsync(receiver, "/n/a"));
    }

    [Fact]
    public async Task A_path_of_another_provider_is_not_taken_over_and_the_latecomer_says_whose_it_is()
    {
        await using var sink = await TestSink.StartAsync();
        var late = ReceiverUnderTest.Route(sink, "n/late");
        late["provider"] = "Sample";
        late["keys"] = new JsonObject { ["appSecret"] = new JsonArray("token") };
        await using var receiver = await StartAsync(sink, folder => Write(folder, "z.json", late));

        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(receiver, ReceiverUnderTest.Path));
        var (status, text) = await receiver.ReadinessAsync();
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("n/late: path: contact-centre/acme-support of another provider has it", text, StringComparison.Ordinal);
        Assert.Contains("messenger_receiver_routes{state=\"not_ready\"} 1", await receiver.MetricsAsync(), StringComparison.Ordinal);

        // It comes into its own as soon as the other moves away.
        ReceiverUnderTest.WriteConfiguration(receiver.Folder, ReceiverUnderTest.Route(sink, path: "/elsewhere"));
        await Eventually.HoldsAsync(async () => !(await receiver.ReadinessAsync()).Text.Contains("n/late: path", StringComparison.Ordinal), "the latecomer is ready");
    }

    [Theory]
    [InlineData("700000001", "for the same accountId")]
    [InlineData(null, "needs an accountId of its own")]
    public async Task A_path_of_the_same_provider_is_shared_only_by_different_accounts(string? accountId, string problem)
    {
        await using var sink = await TestSink.StartAsync();
        var late = ReceiverUnderTest.Route(sink, "n/late");
        late["accountId"] = accountId;
        await using var receiver = await StartAsync(sink, folder => Write(folder, "z.json", late));

        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(receiver, ReceiverUnderTest.Path));
        Assert.Contains(problem, (await receiver.ReadinessAsync()).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_integration_that_is_there_twice_is_served_once_and_told()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await StartAsync(sink, folder => Write(folder, "z.json", ReceiverUnderTest.Route(sink, path: "/elsewhere")));

        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(receiver, ReceiverUnderTest.Path));
        Assert.Equal(HttpStatusCode.NotFound, await StatusOfAsync(receiver, "/elsewhere"));
        Assert.Equal("z.json: integration contact-centre/acme-support is already in receiver.json", Problems(await receiver.StatusAsync()).Single());
        Assert.Single((await receiver.StatusAsync())["routes"]!.AsArray());
    }

    internal static Task<ReceiverUnderTest> StartAsync(TestSink sink, Action<string>? prepare = null, Action<ReceiverOptions>? options = null) => ReceiverUnderTest.StartAsync(
        sink,
        configured =>
        {
            configured.ConfigPath = Path.GetDirectoryName(configured.ConfigPath)!;
            options?.Invoke(configured);
        },
        prepare,
        services => services.AddSingleton<IProvider, SampleProvider>());

    private static void Write(string folder, string name, params JsonObject[] routes) => ReceiverUnderTest.Write(folder, name, Document(routes));

    private static string Document(params JsonObject[] routes) => new JsonObject { ["version"] = 1, ["routes"] = new JsonArray([.. routes]) }.ToJsonString();

    private static IEnumerable<string> Problems(JsonNode status) => status["configuration"]!["problems"]!.AsArray().Select(problem => problem!.GetValue<string>());

    private static Task BecomesAsync(ReceiverUnderTest receiver, string path, HttpStatusCode status) =>
        Eventually.HoldsAsync(async () => await StatusOfAsync(receiver, path) == status, $"{path} answers {status}");

    private static async Task<HttpStatusCode> StatusOfAsync(ReceiverUnderTest receiver, string path)
    {
        using var response = await receiver.PostAsync(ReceiverUnderTest.Update(), path: path);
        return response.StatusCode;
    }
}
