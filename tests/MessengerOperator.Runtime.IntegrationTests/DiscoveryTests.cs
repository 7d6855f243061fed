using MessengerOperator.Runtime.Discovery;
using Microsoft.Extensions.DependencyInjection;

namespace MessengerOperator.Runtime.IntegrationTests;

public sealed class DiscoveryTests(WidgetControlPlane plane)
{
    [Fact]
    public async Task It_finds_the_newest_version_that_the_server_has_and_asks_once()
    {
        await using var space = await plane.NewNamespaceAsync();
        await using var @operator = await TestOperator.StartAsync(plane, [space.Name]);
        var discovery = @operator.Services.GetRequiredService<IApiDiscovery>();
        var token = TestContext.Current.CancellationToken;

        Assert.True(await discovery.HasKindAsync("v1", "Secret", token));
        Assert.True(await discovery.HasKindAsync("runtime.test/v1", "Widget", token));
        Assert.False(await discovery.HasKindAsync("gateway.networking.k8s.io/v1", "HTTPRoute", token));
        Assert.Equal("apps/v1", await discovery.PreferredVersionAsync("Deployment", ["apps/v9", "apps/v1"], token));
        Assert.Null(await discovery.PreferredVersionAsync("Nothing", ["apps/v1"], token));
        @operator.Requests.Clear();
        Assert.True(await discovery.HasKindAsync("v1", "Secret", token));
        Assert.DoesNotContain(@operator.Requests.Requests, request => request.Path == "/api/v1");
    }
}
