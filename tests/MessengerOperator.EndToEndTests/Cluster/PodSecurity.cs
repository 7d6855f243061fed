using System.Text.Json.Nodes;

namespace MessengerOperator.EndToEndTests.Cluster;

/// <summary>The restricted profile of the Pod Security Standards, as the node runs the pod.</summary>
internal static class PodSecurity
{
    public static void AssertRestricted(JsonNode pod)
    {
        var security = pod["securityContext"]!;
        Assert.True(security["runAsNonRoot"]!.GetValue<bool>());
        Assert.NotEqual(0, security["runAsUser"]!.GetValue<int>());
        Assert.Equal("RuntimeDefault", security["seccompProfile"]!["type"]!.GetValue<string>());
        foreach (var container in pod["containers"]!.AsArray())
        {
            var own = container!["securityContext"]!;
            Assert.False(own["allowPrivilegeEscalation"]!.GetValue<bool>());
            Assert.True(own["readOnlyRootFilesystem"]!.GetValue<bool>());
            Assert.Equal(["ALL"], own["capabilities"]!["drop"]!.AsArray().Select(capability => capability!.GetValue<string>()));
        }
    }
}
