using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using k8s;
using MessengerOperator.Api.IntegrationTests;
using MessengerOperator.TestKit;

[assembly: AssemblyFixture(typeof(ApiControlPlane))]

namespace MessengerOperator.Api.IntegrationTests;

/// <summary>A real API server that knows our definition, spoken to in plain JSON: what people send, not what our types would make of it.</summary>
public sealed class ApiControlPlane : ControlPlaneFixture
{
    private const string Group = "apis/messenger-operator.io/v1alpha1";

    /// <inheritdoc/>
    protected override string? ResourceDefinitions => "crds";

    /// <summary>The path of the integrations of a namespace.</summary>
    public static string Integrations(TestNamespace ns) => $"{Group}/namespaces/{ns}/messengerintegrations";

    public Task<Answer> GetAsync(string path, string accept = "application/json") => SendAsync(HttpMethod.Get, path, null, accept);

    public Task<Answer> PostAsync(string path, JsonObject body) => SendAsync(HttpMethod.Post, path, body);

    public Task<Answer> PutAsync(string path, JsonObject body) => SendAsync(HttpMethod.Put, path, body);

    /// <summary>Server-side apply, as kubectl and our operator do it.</summary>
    public Task<Answer> ApplyAsync(string path, JsonObject body) => SendAsync(HttpMethod.Patch, $"{path}?fieldManager=test", body, contentType: "application/apply-patch+yaml");

    /// <summary>Whether the server runs CEL rules: from 1.25 on.</summary>
    public async Task<bool> RunsRulesAsync()
    {
        var version = await Client.Version.GetCodeAsync(TestContext.Current.CancellationToken);
        return (Number(version.Major), Number(version.Minor)).CompareTo((1, 25)) >= 0;
    }

    private static int Number(string text) => int.Parse(string.Concat(text.TakeWhile(char.IsAsciiDigit)), CultureInfo.InvariantCulture);

    private async Task<Answer> SendAsync(HttpMethod method, string path, JsonObject? body, string accept = "application/json", string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(method, new Uri(Client.BaseUri, path));
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, contentType);
        }

        using var response = await Client.HttpClient.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new(response.StatusCode, JsonNode.Parse(text)!.AsObject());
    }
}

/// <summary>An answer of the API server.</summary>
public sealed record Answer(HttpStatusCode Status, JsonObject Body)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    public string Message => Body["message"]?.GetValue<string>() ?? "";

    public string ResourceVersion => Body["metadata"]!["resourceVersion"]!.GetValue<string>();

    public override string ToString() => $"{Status} {Message}";
}
