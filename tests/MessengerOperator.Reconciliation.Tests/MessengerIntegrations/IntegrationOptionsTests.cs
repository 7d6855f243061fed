using MessengerOperator.Reconciliation.MessengerIntegrations;

namespace MessengerOperator.Reconciliation.Tests.MessengerIntegrations;

/// <summary>A wrong option stops the operator at its start, by its name, before it reaches a provider or a receiver.</summary>
public class IntegrationOptionsTests
{
    [Fact]
    public void The_defaults_are_fine() => Assert.Empty(ErrorsOf(new IntegrationOptions()));

    [Theory]
    [InlineData("https://hooks.acme.example")]
    [InlineData("https://hooks.acme.example:8443/")]
    public void A_webhook_url_is_scheme_host_and_port(string url) => Assert.Empty(ErrorsOf(new IntegrationOptions { WebhookUrl = AddressOf(url) }));

    [Theory]
    [InlineData("http://hooks.acme.example")]
    [InlineData("hooks.acme.example")]
    [InlineData("/hooks")]
    [InlineData("https://hooks.acme.example/path")]
    [InlineData("https://hooks.acme.example?query")]
    [InlineData("https://user:hunter2@hooks.acme.example")]
    public void Anything_else_is_refused_without_being_repeated(string url)
    {
        var error = Assert.Single(ErrorsOf(new IntegrationOptions { WebhookUrl = AddressOf(url) }));

        Assert.Contains("WebhookUrl", error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error, StringComparison.Ordinal);
        Assert.DoesNotContain("acme", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://collector.observability:4318", 0.5, null)]
    [InlineData("https://traces.acme.example/otlp", 1, null)]
    [InlineData("collector:4318", 0.5, "ReceiverTracesEndpoint")]
    [InlineData("grpc://collector:4317", 0.5, "ReceiverTracesEndpoint")]
    [InlineData("https://traces.acme.example/?key=hunter2", 0.5, "ReceiverTracesEndpoint")]
    [InlineData("http://collector.observability:4318", 1.5, "ReceiverTracesRatio")]
    [InlineData("http://collector.observability:4318", -0.1, "ReceiverTracesRatio")]
    public void A_collector_is_an_http_address(string endpoint, double ratio, string? refused)
    {
        var errors = ErrorsOf(new IntegrationOptions { ReceiverTracesEndpoint = AddressOf(endpoint), ReceiverTracesRatio = ratio });

        Assert.Equal(refused is null ? 0 : 1, errors.Count);
        Assert.All(errors, error => Assert.Contains(refused!, error, StringComparison.Ordinal));
    }

    // As the configuration reads it.
    private static Uri AddressOf(string text) => new(text, UriKind.RelativeOrAbsolute);

    private static List<string> ErrorsOf(IntegrationOptions options) => [.. new IntegrationOptionsValidator().Validate(null, options).Failures ?? []];
}
