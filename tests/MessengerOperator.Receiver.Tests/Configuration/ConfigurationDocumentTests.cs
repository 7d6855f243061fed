using System.Text;
using MessengerOperator.Providers;
using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Sinks;
using MessengerOperator.Receiver.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace MessengerOperator.Receiver.Tests.Configuration;

public class ConfigurationDocumentTests
{
    private const string Route = """{"integration":"a/b","provider":"Telegram","path":"/a/b","keys":{"secretToken":["t"]},"sink":{"http":{"url":"http://s/"}}}""";

    private static readonly ProviderRegistry Providers = new ServiceCollection().AddProviders().BuildServiceProvider().GetRequiredService<ProviderRegistry>();

    private static readonly SinkKinds Sinks = new ServiceCollection()
        .AddSingleton(new ReceiverOptions())
        .AddSingleton(TimeProvider.System)
        .AddSingleton<ServedRoutes>()
        .AddReceiverTelemetry(new())
        .AddSinks()
        .BuildServiceProvider()
        .GetRequiredService<SinkKinds>();

    [Theory]
    [InlineData("", "not a receiver configuration")]
    [InlineData("null", "'routes' is missing")]
    [InlineData("{}", "routes")]
    [InlineData("""{"version":2,"routes":[]}""", "version 2 is not known")]
    [InlineData("""{"routes":[null]}""", "routes[0]: integration, provider, path, keys and sink are needed")]
    [InlineData("""{"routes":[{"integration":"a","provider":"Telegram","path":"/a","keys":{},"sink":{"http":{"url":"http://s/"}}}]}""", "routes[0].integration: must be namespace/name")]
    [InlineData("""{"routes":[{"integration":"a/b","provider":"Fax","path":"/a","keys":{},"sink":{"http":{"url":"http://s/"}}}]}""", "routes[0].provider: 'Fax' is not one of")]
    [InlineData("""{"routes":[{"integration":"a/b","provider":"Telegram","path":"a","keys":{},"sink":{"http":{"url":"http://s/"}}}]}""", "routes[0].path: must start with a slash")]
    [InlineData("""{"routes":[{"integration":"a/b","provider":"Telegram","path":"/a?x=1","keys":{},"sink":{"http":{"url":"http://s/"}}}]}""", "routes[0].path")]
    [InlineData("""{"routes":[{"integration":"a/b","provider":"Telegram","path":"/a","keys":{"secretToken":null},"sink":{"http":{"url":"http://s/"}}}]}""", "routes[0].keys")]
    [InlineData("""{"routes":[{"integration":"a/b","provider":"Telegram","path":"/a","keys":{},"sink":{}}]}""", "routes[0].sink: one kind of sink is needed")]
    [InlineData("""{"routes":[{"integration":"a/b","provider":"Telegram","path":"/a","keys":{},"sink":{"http":{"url":"ftp://s/"}}}]}""", "routes[0].sink.http.url")]
    [InlineData("""{"routes":[{"integration":"a/b","provider":"Telegram","path":"/a","keys":{},"sink":{"http":{"url":"http://s/"},"redis":{"endpoints":["s:1"],"stream":"e"}}}]}""", "routes[0].sink: one kind of sink is needed")]
    [InlineData("""{"routes":[{"integration":"a/b","provider":"Telegram","path":"/a","keys":{},"sink":{"http":{"url":"https://s/","clientCertificateFile":"c"}}}]}""", "clientCertificateFile and clientKeyFile belong together")]
    [InlineData("""{"routes":[{"integration":"a/b","provider":"Telegram","path":"/a","keys":{},"sink":{"redis":{"endpoints":["s"],"stream":"e"}}}]}""", "routes[0].sink.redis.endpoints: a list of host:port is needed")]
    [InlineData("""{"routes":[{"integration":"a/b","provider":"Telegram","path":"/a","keys":{},"sink":{"redis":{"endpoints":["s:1"],"stream":"e","userNameFile":"u"}}}]}""", "routes[0].sink.redis: a user needs a passwordFile")]
    [InlineData("""{"routes":[{"integration":"a/b","provider":"Telegram","path":"/a","keys":{},"sink":{"rabbitMq":{"endpoints":["s:1"]}}}]}""", "routes[0].sink.rabbitMq: either a queue or an exchange is needed")]
    [InlineData("""{"routes":[{"integration":"a/b","provider":"Telegram","path":"/a","keys":{},"sink":{"rabbitMq":{"endpoints":["s:1"],"queue":"q","routingKey":"r"}}}]}""", "routes[0].sink.rabbitMq.routingKey: belongs to an exchange")]
    [InlineData("""{"routes":[{"integration":"a/b","provider":"Telegram","path":"/a","keys":{},"sink":{"kafka":{"bootstrapServers":["s:70000"],"topic":"t"}}}]}""", "routes[0].sink.kafka.bootstrapServers: a list of host:port is needed")]
    [InlineData("""{"routes":[{"integration":"a/b","provider":"Telegram","path":"/a","keys":{},"sink":{"kafka":{"bootstrapServers":["s:1"],"topic":"t","sasl":{"mechanism":"GSSAPI","userNameFile":"u","passwordFile":"p"}}}}]}""", "routes[0].sink.kafka.sasl: a mechanism")]
    [InlineData("""{"routes":[{"integration":"a/b","provider":"Telegram","path":"/a","keys":{},"sink":{"http":{"url":"/relative"}}}]}""", "routes[0].sink.http.url")]
    [InlineData("""{"routes":[{"integration":"a/b","provider":"Telegram","path":"/a","keys":{},"sink":{"http":{"url":"http://u:p@s/"}}}]}""", "routes[0].sink.http.url")]
    [InlineData("""{"routes":[{"integration":"a/b","provider":"Telegram","path":"/a","keys":{},"sink":{"http":{"url":"http://s/","headerFiles":{"Content-Length":"f"}}}}]}""", "'Content-Length' is not a header that may be set")]
    [InlineData("""{"routes":[{"integration":"a/b","provider":"Telegram","path":"/a","keys":{},"sink":{"http":{"url":"http://s/","headers":{"ce-id":"x"}}}}]}""", "'ce-id' is not a header that may be set")]
    [InlineData("""{"routes":[{"integration":"a/b","provider":"Telegram","path":"/a","keys":{},"sink":{"http":{"url":"http://s/","headers":{"X\r\nY":"x"}}}}]}""", "is not a header that may be set")]
    [InlineData("""{"routes":[{"integration":"a/b","provider":"Telegram","path":"/a","keys":{},"sink":{"http":{"url":"http://s/"}},"ordering":"none"}]}""", "routes[0].ordering: must be Conversation or None")]
    [InlineData("""{"routes":[{"integration":"a/b","provider":"Telegram","path":"/a","keys":{},"sink":{"http":{"url":"http://s/"}},"deadLetterSink":{}}]}""", "routes[0].deadLetterSink: one kind of sink is needed")]
    [InlineData("""{"routes":[{"integration":"a/b","provider":"Telegram","path":"/a","keys":{},"sink":{"http":{"url":"http://s/"}},"deadLetterSink":{"http":{"url":"/relative"}}}]}""", "routes[0].deadLetterSink.http.url")]
    public void A_document_that_cannot_be_served_is_turned_down_with_the_place(string document, string problem)
    {
        var (parsed, problems) = ConfigurationDocument.Parse(Encoding.UTF8.GetBytes(document), Providers, Sinks);
        Assert.Null(parsed);
        Assert.Contains(problems, text => text.Contains(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void One_integration_is_served_once()
    {
        var (_, problems) = ConfigurationDocument.Parse(Encoding.UTF8.GetBytes($$"""{"routes":[{{Route}},{{Route.Replace("/a/b\"", "/c\"", StringComparison.Ordinal)}}]}"""), Providers, Sinks);
        Assert.Contains("integration a/b is there 2 times", problems);
    }

    [Fact]
    public void Integrations_that_share_a_path_need_accounts_to_tell_them_apart()
    {
        var (_, problems) = ConfigurationDocument.Parse(Encoding.UTF8.GetBytes($$"""{"routes":[{{Route}},{{Route.Replace("\"a/b\"", "\"a/c\"", StringComparison.Ordinal)}}]}"""), Providers, Sinks);
        Assert.Contains("a/b, a/c share a path, so each needs an accountId of its own", problems);
    }

    [Fact]
    public void A_newer_operators_fields_comments_and_trailing_commas_are_ignored()
    {
        var (parsed, problems) = ConfigurationDocument.Parse(Encoding.UTF8.GetBytes($$"""{"future":[1], /* why */ "routes":[{{Route}},],}"""), Providers, Sinks);
        Assert.Empty(problems);
        Assert.Equal(1, parsed!.Version);
        Assert.Empty(parsed.Routes[0].Sink.Http!.HeaderFiles);
    }
}
