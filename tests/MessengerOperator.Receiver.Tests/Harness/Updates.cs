using System.Net;

namespace MessengerOperator.Receiver.Tests.Harness;

/// <summary>Posts updates that have to be taken.</summary>
internal static class Updates
{
    /// <summary>Posts an update for each id, in a conversation that the id decides on.</summary>
    public static async Task PostAllAsync(this ReceiverUnderTest receiver, IEnumerable<int> ids, Func<int, long> conversation)
    {
        foreach (var id in ids)
        {
            using var response = await receiver.PostAsync(ReceiverUnderTest.Update(id, chat: conversation(id)));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    /// <summary>The integration's dead letters: update id and reason, in the order in which they were put aside.</summary>
    public static async Task<IReadOnlyList<(int Id, string Reason)>> DeadLettersAsync(this ReceiverUnderTest receiver)
    {
        var page = System.Text.Json.Nodes.JsonNode.Parse(await receiver.Management.GetStringAsync("/dead-letters?limit=1000", TestContext.Current.CancellationToken))!;
        return [.. page["items"]!.AsArray().Select(item => (int.Parse(((string)item!["eventId"]!).Split('-')[^1], System.Globalization.CultureInfo.InvariantCulture), (string)item["reason"]!))];
    }
}
