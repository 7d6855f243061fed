using System.Net;
using MessengerOperator.Receiver.Lifecycle;
using MessengerOperator.Receiver.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MessengerOperator.Receiver.Tests.Lifecycle;

public class ShutdownTests
{
    [Fact]
    public async Task Asked_to_stop_it_is_not_ready_but_serves_on()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink, options => options.Lameduck = TimeSpan.FromMinutes(10));
        Assert.Equal(HttpStatusCode.OK, (await receiver.ReadinessAsync()).Status);

        receiver.Services.GetRequiredService<ShutdownSequence>().Begin();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await receiver.ReadinessAsync()).Status);
        using var response = await receiver.PostAsync(ReceiverUnderTest.Update());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.ConnectionClose);
        using var health = await receiver.Management.GetAsync("/healthz", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task A_request_under_way_is_answered_before_it_ends()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink, options => options.Lameduck = TimeSpan.Zero);
        var arrived = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        sink.Behaviour = async _ =>
        {
            arrived.TrySetResult();
            await release.Task;
        };

        var posted = receiver.PostAsync(ReceiverUnderTest.Update());
        await arrived.Task;
        var lifetime = receiver.Services.GetRequiredService<IHostApplicationLifetime>();
        receiver.Services.GetRequiredService<ShutdownSequence>().Begin();
        await Eventually.HoldsAsync(() => lifetime.ApplicationStopping.IsCancellationRequested, "it stops");
        var stopped = receiver.StopAsync();
        release.SetResult();

        using var response = await posted;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await stopped;
    }

    [Fact]
    public async Task A_second_request_to_stop_does_not_wait()
    {
        await using var sink = await TestSink.StartAsync();
        await using var receiver = await ReceiverUnderTest.StartAsync(sink, options => options.Lameduck = TimeSpan.FromMinutes(10));
        var shutdown = receiver.Services.GetRequiredService<ShutdownSequence>();

        shutdown.Begin();
        shutdown.Begin();

        Assert.True(receiver.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested);
    }
}
