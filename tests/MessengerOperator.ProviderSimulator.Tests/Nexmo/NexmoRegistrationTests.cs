using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace MessengerOperator.ProviderSimulator.Tests.Nexmo;

/// <summary>Vonage's side of registering: who may, what is called first, what a careless client loses.</summary>
public class NexmoRegistrationTests
{
    [Fact]
    public async Task Credentials_come_as_Basic_and_at_the_legacy_host_also_as_parameters()
    {
        await using var vonage = await NexmoSimulation.StartAsync();
        Assert.Equal(200, (await vonage.CallAsync(HttpMethod.Get, "account/get-balance")).Status);
        Assert.Equal(("401", 401), Legacy(await vonage.CallAsync(HttpMethod.Get, "account/get-balance", secret: "wrong")));
        using var byQuery = await vonage.Http.GetAsync(new Uri($"account/get-balance?api_key={NexmoSimulation.ApiKey}&api_secret={NexmoSimulation.ApiSecret}", UriKind.Relative));
        Assert.Equal(200, (int)byQuery.StatusCode);
        using var newer = await vonage.Http.GetAsync(new Uri($"v2/applications/{NexmoSimulation.ApplicationId}?api_key={NexmoSimulation.ApiKey}&api_secret={NexmoSimulation.ApiSecret}", UriKind.Relative));
        Assert.Equal(401, (int)newer.StatusCode);
    }

    [Fact]
    public async Task A_wrong_key_in_the_path_is_404_and_a_wrong_secret_401()
    {
        await using var vonage = await NexmoSimulation.StartAsync();
        var (status, body) = await vonage.CallAsync(HttpMethod.Get, $"accounts/{NexmoSimulation.ApiKey}/secrets");
        Assert.Equal((200, $"/accounts/{NexmoSimulation.ApiKey}/secrets"), (status, (string?)body?["_links"]?["self"]?["href"]));
        Assert.Equal(404, (await vonage.CallAsync(HttpMethod.Get, "accounts/wxyz9876/secrets")).Status);
        Assert.Equal(401, (await vonage.CallAsync(HttpMethod.Get, $"accounts/{NexmoSimulation.ApiKey}/secrets", secret: "wrong")).Status);
    }

    [Fact]
    public async Task A_URL_is_called_unsigned_and_without_parameters_and_taken_only_with_200()
    {
        await using var vonage = await NexmoSimulation.StartAsync();
        await using var receiver = await StubReceiver.StartAsync();
        receiver.AnswerWith(204);
        Assert.Equal(("420", 420), Legacy(await vonage.PostAsync("account/settings", ("moCallBackUrl", receiver.HookUrl))));
        Assert.Equal("", (string?)(await vonage.PostAsync("account/settings")).Body?["mo-callback-url"]);

        receiver.AnswerWith(200);
        var set = await vonage.PostAsync("account/settings", ("moCallBackUrl", receiver.HookUrl), ("drCallBackUrl", receiver.HookUrl));

        Assert.Equal((200, receiver.HookUrl), (set.Status, (string?)set.Body?["mo-callback-url"]));
        Assert.All(receiver.Received, request => Assert.Equal(("GET", "", 0), (request.Method, request.Query, request.Body.Length)));
        Assert.All(receiver.Received, request => Assert.Empty(request.Header("Authorization")));
        Assert.Equal("", (string?)(await vonage.PostAsync("account/settings", ("moCallBackUrl", ""))).Body?["mo-callback-url"]);
        Assert.Equal(receiver.HookUrl, (string?)(await vonage.PostAsync("account/settings")).Body?["dr-callback-url"]);
    }

    [Fact]
    public async Task Only_the_documented_spelling_is_understood_unless_told_otherwise()
    {
        await using var vonage = await NexmoSimulation.StartAsync(settings: ("probes", "false"));
        await vonage.PostAsync("account/settings", ("moCallbackUrl", "https://hooks.acme.example/"));
        Assert.Equal("", (string?)(await vonage.PostAsync("account/settings")).Body?["mo-callback-url"]);

        await vonage.Control.ChangeAccountSettingAsync(NexmoSimulation.ApiKey, "lenientSpelling", "true");

        Assert.Equal("https://hooks.acme.example/", (string?)(await vonage.PostAsync("account/settings", ("moCallbackUrl", "https://hooks.acme.example/"))).Body?["mo-callback-url"]);
    }

    [Fact]
    public async Task A_number_loses_what_is_not_sent_back()
    {
        await using var vonage = await NexmoSimulation.StartAsync(settings: [("probes", "false"), ("voiceCallback", "app=voice-1")]);
        Assert.Equal("voice-1", (string?)(await NumberAsync(vonage))["voiceCallbackValue"]);

        Assert.Equal(("200", 200), Legacy(await vonage.PostAsync("number/update", ("country", "GB"), ("msisdn", "447700900000"), ("moHttpUrl", "https://hooks.acme.example/"))));

        var number = await NumberAsync(vonage);
        Assert.Equal(("https://hooks.acme.example/", null), ((string?)number["moHttpUrl"], (string?)number["voiceCallbackValue"]));
        Assert.Equal(("420", 420), Legacy(await vonage.PostAsync("number/update", ("country", "PL"), ("msisdn", "447700900000"))));
    }

    [Fact]
    public async Task An_application_loses_what_is_not_sent_back_and_nothing_is_called()
    {
        await using var vonage = await NexmoSimulation.StartAsync();
        var before = (await vonage.GetApplicationAsync()).Body!;
        Assert.NotNull(before["a_key_of_tomorrow"]);
        Assert.NotNull(before["keys"]?["public_key"]);

        Assert.Equal(200, (await vonage.PutApplicationAsync(new JsonObject { ["name"] = "Careless" })).Status);

        Assert.Equal(["id", "name", "_links"], (await vonage.GetApplicationAsync()).Body!.Select(member => member.Key));
    }

    [Fact]
    public async Task An_application_that_is_not_right_is_refused()
    {
        await using var vonage = await NexmoSimulation.StartAsync(settings: ("acceptsEmptyAddresses", "false"));
        Assert.Equal("name", Invalid(await vonage.PutApplicationAsync([])));
        var application = (await vonage.GetApplicationAsync()).Body!;
        application["capabilities"]!["messages"]!["webhooks"] = JsonNode.Parse("""{"inbound_url":{"address":"https://a.example/","http_method":"GET"},"status_url":{"address":"https://a.example/","http_method":"POST"}}""");
        Assert.EndsWith("inbound_url.http_method", Invalid(await vonage.PutApplicationAsync(application)), StringComparison.Ordinal);
        application["capabilities"]!["messages"]!["webhooks"]!["inbound_url"] = JsonNode.Parse("""{"address":"","http_method":"POST"}""");
        Assert.EndsWith("inbound_url.address", Invalid(await vonage.PutApplicationAsync(application)), StringComparison.Ordinal);
        Assert.Equal(415, (await vonage.CallAsync(HttpMethod.Put, $"v2/applications/{NexmoSimulation.ApplicationId}", new StringContent("{}"))).Status);
        Assert.Equal(404, (await vonage.CallAsync(HttpMethod.Get, "v2/applications/cccccccc-0000-4000-8000-000000000002")).Status);
        Assert.Equal(405, (await vonage.CallAsync(HttpMethod.Post, $"v2/applications/{NexmoSimulation.ApplicationId}")).Status);
    }

    [Fact]
    public async Task Deleting_an_application_is_noted_as_a_violation()
    {
        await using var vonage = await NexmoSimulation.StartAsync();
        Assert.Equal(204, (await vonage.CallAsync(HttpMethod.Delete, $"v2/applications/{NexmoSimulation.ApplicationId}")).Status);
        Assert.Single((await vonage.Control.GetDeliveriesAsync(NexmoSimulation.ApiKey, "violations:1")).Violations);
    }

    [Fact]
    public async Task A_message_is_sent_with_a_token_of_the_application_and_with_no_other()
    {
        using var key = RSA.Create(2048);
        using var other = RSA.Create(2048);
        await using var vonage = await NexmoSimulation.StartAsync(settings: ("publicKey", key.ExportSubjectPublicKeyInfoPem()));
        var now = TimeProvider.System.GetUtcNow();

        Assert.Equal(202, (await SendAsync(vonage, Token(key, now))).Status);
        Assert.Equal(401, (await SendAsync(vonage, Token(other, now))).Status);
        Assert.Equal(401, (await SendAsync(vonage, Token(key, now.AddHours(-1)))).Status);
        Assert.Equal("hello", Assert.Single(await vonage.Control.GetSentMessagesAsync(NexmoSimulation.ApiKey)).Text);
    }

    private static Task<(int Status, JsonObject? Body)> SendAsync(NexmoSimulation vonage, string token) => vonage.CallAsync(
        HttpMethod.Post,
        "v1/messages",
        new StringContent("""{"channel":"sms","message_type":"text","from":"447700900000","to":"447700900001","text":"hello"}""", Encoding.UTF8, "application/json"),
        login: new AuthenticationHeaderValue("Bearer", token));

    private static string Token(RSA key, DateTimeOffset issued)
    {
        var claims = $$"""{"application_id":"{{NexmoSimulation.ApplicationId}}","iat":{{issued.ToUnixTimeSeconds()}},"jti":"1"}""";
        var signed = $"{Base64Url.EncodeToString("{\"alg\":\"RS256\",\"typ\":\"JWT\"}"u8)}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static async Task<JsonObject> NumberAsync(NexmoSimulation vonage)
    {
        var (_, body) = await vonage.CallAsync(HttpMethod.Get, "account/numbers?pattern=4477&search_pattern=0&size=10");
        return Assert.Single(body!["numbers"]!.AsArray())!.AsObject();
    }

    private static (string? Code, int Status) Legacy((int Status, JsonObject? Body) answer) => ((string?)answer.Body?["error-code"], answer.Status);

    private static string Invalid((int Status, JsonObject? Body) answer)
    {
        Assert.Equal(400, answer.Status);
        return (string)answer.Body!["invalid_parameters"]![0]!["name"]!;
    }
}
