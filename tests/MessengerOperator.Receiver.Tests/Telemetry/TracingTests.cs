using System.Collections.Concurrent;
using System.Net;
using System.Text;
using MessengerOperator.Receiver.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace MessengerOperator.Receiver.Tests.Telemetry;

/// <summary>Traces as a collector gets them.</summary>
public class TracingTests
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";
    private const string Sampled = $"00-{TraceId}-00f067aa0ba902b7-01";
    private const string NotSampled = $"00-{TraceId}-00f067aa0ba902b7-00";

    [Fact]
    public async Task Request_and_delivery_are_spans_of_the_trace_that_the_request_came_with_and_the_sink_gets_it_too()
    {
        await using var collector = await Collector.StartAsync();
        await using var sink = await TestSink.StartAsync();
        await using (var receiver = await ReceiverUnderTest.StartWithSpoolAsync(sink, options: options => options.TracesEndpoint = collector.Address))
        {
            await PostAsync(receiver, Sampled);
            await Eventually.HoldsAsync(() => sink.Taken.Count == 1, "the sink has the event");
        }

        // What was batched is sent at the end.
        await Eventually.HoldsAsync(() => collector.Has("receive webhook") && collector.Has("deliver event"), "the collector has both spans");
        Assert.Equal(2, collector.Count(Convert.FromHexString(TraceId)));
        var passedOn = sink.Taken.Single().Headers["ce-traceparent"];
        Assert.StartsWith($"00-{TraceId}-", passedOn, StringComparison.Ordinal);
        Assert.NotEqual(Sampled, passedOn);
        Assert.False(collector.Has(ReceiverUnderTest.Path) || collector.Has(ReceiverUnderTest.Secret) || collector.Has("hello operator") || collector.Has("5000000001"));
    }

    [Fact]
    public async Task A_trace_that_is_not_sampled_is_passed_on_and_not_sent()
    {
        await using var collector = await Collector.StartAsync();
        await using var sink = await TestSink.StartAsync();
        await using (var receiver = await ReceiverUnderTest.StartAsync(sink, options => options.TracesEndpoint = collector.Address))
        {
            await PostAsync(receiver, NotSampled);
        }

        Assert.StartsWith($"00-{TraceId}-", sink.Taken.Single().Headers["ce-traceparent"], StringComparison.Ordinal);
        Assert.False(collector.Has("receive webhook"));
    }

    [Fact]
    public async Task A_request_without_a_trace_begins_one()
    {
        await using var collector = await Collector.StartAsync();
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink, options => options.TracesEndpoint = collector.Address);

        await PostAsync(receiver, traceParent: null);

        Assert.EndsWith("-01", sink.Taken.Single().Headers["ce-traceparent"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Spans_say_of_which_pod_they_are_where_the_environment_tells()
    {
        // Others of this process may carry it too meanwhile, which is no matter to them.
        Environment.SetEnvironmentVariable("OTEL_RESOURCE_ATTRIBUTES", "k8s.namespace.name=contact-centre,k8s.pod.name=acme-receiver-abc12");
        try
        {
            await using var collector = await Collector.StartAsync();
            await using var sink = await TestSink.StartAsync();
            await using (var receiver = await ReceiverUnderTest.StartAsync(sink, options => options.TracesEndpoint = collector.Address))
            {
                await PostAsync(receiver, Sampled);
            }

            await Eventually.HoldsAsync(() => collector.Has("receive webhook"), "the collector has the span");
            Assert.True(collector.Has("acme-receiver-abc12") && collector.Has("contact-centre") && collector.Has("messenger-receiver"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("OTEL_RESOURCE_ATTRIBUTES", null);
        }
    }

    [Fact]
    public async Task A_collector_that_is_away_holds_nothing_up()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink, options => options.TracesEndpoint = new Uri("http://127.0.0.1:9"));

        await PostAsync(receiver, Sampled);

        Assert.Single(sink.Taken);
    }

    private static async Task PostAsync(ReceiverUnderTest receiver, string? traceParent)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, ReceiverUnderTest.Path) { Content = new StringContent(ReceiverUnderTest.Update(), Encoding.UTF8, "application/json") };
        request.Headers.Add(ReceiverUnderTest.TokenHeader, ReceiverUnderTest.Secret);
        if (traceParent is not null)
        {
            request.Headers.Add("traceparent", traceParent);
        }

        using var response = await receiver.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    /// <summary>Takes OTLP over HTTP, and looks for bytes in what it took: names and ids are in it as they are.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly WebApplication _application;
        private readonly ConcurrentQueue<byte[]> _taken = new();

        private Collector(WebApplication application) => _application = application;

        public Uri Address => new(_application.Urls.First());

        public static async Task<Collector> StartAsync()
        {
            var builder = WebApplication.CreateEmptyBuilder(new());
            builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
            var collector = new Collector(builder.Build());
            collector._application.Run(async context =>
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body);
                if (context.Request.Path == "/v1/traces" && context.Request.ContentType == "application/x-protobuf")
                {
                    collector._taken.Enqueue(body.ToArray());
                }
            });
            await collector._application.StartAsync(TestContext.Current.CancellationToken);
            return collector;
        }

        public bool Has(string text) => Count(Encoding.UTF8.GetBytes(text)) > 0;

        public int Count(byte[] bytes)
        {
            var count = 0;
            foreach (var taken in _taken)
            {
                for (var rest = taken.AsSpan(); rest.IndexOf(bytes) is >= 0 and var at; rest = rest[(at + 1)..])
                {
                    count++;
                }
            }

            return count;
        }

        public ValueTask DisposeAsync() => _application.DisposeAsync();
    }
}
