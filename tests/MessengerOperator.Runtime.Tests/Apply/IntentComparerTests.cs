using System.Text.Json.Nodes;
using MessengerOperator.Runtime.Apply;

namespace MessengerOperator.Runtime.Tests.Apply;

public sealed class IntentComparerTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":1,"b":2}""")]
    [InlineData("""{"a":{"b":"x"}}""", """{"a":{"b":"x","c":"default"}}""")]
    [InlineData("""{"resources":{"requests":{"cpu":"0.5","memory":"1024Mi"}}}""", """{"resources":{"requests":{"cpu":"500m","memory":"1Gi"}}}""")]
    [InlineData("""{"emptyDir":{"sizeLimit":"1024Mi"}}""", """{"emptyDir":{"sizeLimit":"1Gi"}}""")]
    [InlineData("""{"hostNetwork":false,"count":0,"text":"","list":[],"map":{}}""", "{}")]
    [InlineData("""{"env":[{"name":"A","value":"1"}]}""", """{"env":[{"name":"B","value":"2"},{"name":"A","value":"1"}]}""")]
    [InlineData("""{"ports":[{"containerPort":80}]}""", """{"ports":[{"containerPort":80,"protocol":"TCP"}]}""")]
    [InlineData("""{"args":["a","b"]}""", """{"args":["a","b"]}""")]
    [InlineData("""{"a":null}""", "{}")]
    public void What_the_intent_asks_for_is_there(string intent, string live) => Assert.True(IntentComparer.IsSatisfied(JsonNode.Parse(intent), JsonNode.Parse(live)));

    [Theory]
    [InlineData("""{"a":1}""", """{"a":2}""")]
    [InlineData("""{"a":1}""", "{}")]
    [InlineData("""{"a":{"b":"x"}}""", """{"a":"x"}""")]
    [InlineData("""{"args":["a","b"]}""", """{"args":["b","a"]}""")]
    [InlineData("""{"args":["a"]}""", """{"args":["a","b"]}""")]
    [InlineData("""{"image":"app:1.0"}""", """{"image":"app:1"}""")]
    [InlineData("""{"labels":{"version":"1.0"}}""", """{"labels":{"version":"1"}}""")]
    [InlineData("""{"resources":{"requests":{"cpu":"1"}}}""", """{"resources":{"requests":{"cpu":"2"}}}""")]
    [InlineData("""{"env":[{"name":"A","value":"1"}]}""", """{"env":[{"name":"A","value":"2"}]}""")]
    [InlineData("""{"env":[{"name":"A","value":"1"},{"name":"B","value":"2"}]}""", """{"env":[{"name":"A","value":"1"}]}""")]
    [InlineData("""{"flag":true}""", "{}")]
    public void A_difference_is_seen(string intent, string live) => Assert.False(IntentComparer.IsSatisfied(JsonNode.Parse(intent), JsonNode.Parse(live)));

    [Fact]
    public void The_hash_does_not_depend_on_the_order_of_fields_and_not_on_the_values_of_a_Secret()
    {
        string Hash(string json) => IntentHash.Of(JsonNode.Parse(json)!.AsObject());

        Assert.Equal(Hash("""{"a":1,"b":{"c":2,"d":3}}"""), Hash("""{"b":{"d":3,"c":2},"a":1}"""));
        Assert.NotEqual(Hash("""{"a":1}"""), Hash("""{"a":2}"""));
        Assert.Equal(Hash("""{"kind":"Secret","data":{"t":"b25l"}}"""), Hash("""{"kind":"Secret","data":{"t":"dHdv"}}"""));
        Assert.NotEqual(Hash("""{"kind":"Secret","data":{"t":"b25l"}}"""), Hash("""{"kind":"Secret","data":{"u":"b25l"}}"""));
    }
}
