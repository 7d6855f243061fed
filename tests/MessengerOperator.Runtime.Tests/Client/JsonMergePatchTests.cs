using System.Text.Json.Nodes;
using k8s.Models;
using MessengerOperator.Runtime.Client;

namespace MessengerOperator.Runtime.Tests.Client;

public sealed class JsonMergePatchTests
{
    [Theory]
    [InlineData("{}", "{}", null)]
    [InlineData("""{"a":1}""", """{"a":1}""", null)]
    [InlineData("""{"a":1}""", """{"a":2}""", """{"a":2}""")]
    [InlineData("""{"a":1,"b":2}""", """{"a":1}""", """{"b":null}""")]
    [InlineData("""{"a":{"b":1,"c":2}}""", """{"a":{"b":1,"c":3}}""", """{"a":{"c":3}}""")]
    [InlineData("""{"a":[1,2]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("{}", """{"a":{}}""", """{"a":{}}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":{}}""", """{"a":{"b":null}}""")]
    [InlineData("""{"a":1}""", """{"a":{"b":1}}""", """{"a":{"b":1}}""")]
    [InlineData("""{"a":null}""", "{}", null)]
    public void A_patch_holds_exactly_what_differs(string from, string to, string? patch) =>
        Assert.Equal(patch, JsonMergePatch.Diff(JsonNode.Parse(from)!.AsObject(), JsonNode.Parse(to)!.AsObject())?.ToJsonString());

    [Fact]
    public void An_empty_message_stays_an_empty_message()
    {
        var json = EntityCopy.ToJson(new V1ConditionHolder([new V1Condition { Type = "Ready", Message = string.Empty }]))!;

        Assert.Equal(string.Empty, JsonMergePatch.Diff(null, json)!["conditions"]![0]!["message"]!.GetValue<string>());
    }

    internal sealed record V1ConditionHolder(IReadOnlyList<V1Condition> Conditions);
}
