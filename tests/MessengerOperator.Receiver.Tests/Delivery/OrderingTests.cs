using MessengerOperator.Receiver.Tests.Harness;

namespace MessengerOperator.Receiver.Tests.Delivery;

/// <summary>A route's <c>ordering</c>.</summary>
public class OrderingTests
{
    [Theory]
    [InlineData(null, 1)]
    [InlineData("Conversation", 1)]
    [InlineData("None", 5)]
    public async Task Events_of_a_conversation_are_on_their_way_together_only_when_no_order_is_asked_for(string? ordering, int together)
    {
        await using var sink = await TestSink.StartAsync();
        var (now, most) = (0, 0);
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        sink.Behaviour = async context =>
        {
            var here = Interlocked.Increment(ref now);
            most = Math.Max(most, here);
            if (here == together)
            {
                enough.TrySetResult();
            }

            await enough.Task;
            Interlocked.Decrement(ref now);
            await TestSink.Take(context);
        };
        await using var receiver = await ReceiverUnderTest.StartWithSpoolAsync(sink, prepare: folder =>
        {
            var route = ReceiverUnderTest.Route(sink);
            route["ordering"] = ordering;
            ReceiverUnderTest.WriteConfiguration(folder, route);
        });

        for (var id = 1; id <= 5; id++)
        {
            using var response = await receiver.PostAsync(ReceiverUnderTest.Update(id));
        }

        await Eventually.HoldsAsync(() => sink.Taken.Count == 5, "all arrive");
        Assert.Equal(together, most);
    }
}
