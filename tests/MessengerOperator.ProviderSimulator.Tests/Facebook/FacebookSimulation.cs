using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Control;
using Microsoft.AspNetCore.Http;

namespace MessengerOperator.ProviderSimulator.Tests.Facebook;

/// <summary>A simulated Meta app with a page, and a receiver that passes the check of its URL.</summary>
internal sealed class FacebookSimulation : IAsyncDisposable
{
    public const string AppId = "220000000000002";
    public const string AppSecret = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
    public const string AppToken = AppId + "|" + AppSecret;
    public const string PageId = "110000000000001";
    public const string SecondPageId = "110000000000009";
    public const string Token = "EAAMADEUPpageTOKEN0001";
    public const string SecondToken = "EAAMADEUPpageTOKEN0009";
    public const string VerifyToken = "Zm9vYmFy-verify-01";
    public const string Fields = "messages,messaging_postbacks,message_deliveries,message_reads,message_echoes,message_edits,message_reactions,messaging_optins,messaging_referrals";

    private readonly SimulatorApp _app;
    private readonly HttpClient _http;

    private FacebookSimulation(SimulatorApp app, StubReceiver receiver)
    {
        _app = app;
        Receiver = receiver;
        Control = app.CreateControl();
        _http = new HttpClient { BaseAddress = app.ProviderUri };
    }

    public SimulatorControl Control { get; }

    public StubReceiver Receiver { get; }

    /// <summary>What the receiver answers to events.</summary>
    public int PostStatus { get; set; } = StatusCodes.Status200OK;

    public IEnumerable<ReceivedRequest> Posts => Receiver.Received.Where(request => request.Method == "POST");

    public static async Task<FacebookSimulation> StartAsync(double timeScale = 1)
    {
        var app = await SimulatorApp.StartAsync(new SimulatorOptions { TimeScale = timeScale });
        var simulation = new FacebookSimulation(app, await StubReceiver.StartAsync());
        simulation.Receiver.Answer = async (context, request) =>
        {
            if (request.Method == "GET")
            {
                await context.Response.WriteAsync(context.Request.Query["hub.challenge"].ToString());
                return;
            }

            context.Response.StatusCode = simulation.PostStatus;
        };
        await simulation.AddPageAsync(PageId, Token);
        return simulation;
    }

    /// <summary>Starts with the app's webhook and the page's subscription in place.</summary>
    public static async Task<FacebookSimulation> StartSubscribedAsync(double timeScale = 1)
    {
        var simulation = await StartAsync(timeScale);
        await simulation.SubscribeAppAsync();
        await simulation.SubscribePageAsync();
        return simulation;
    }

    public Task<AccountSummary> AddPageAsync(string id, string token) => Control.CreateAccountAsync(new AccountRequest
    {
        Provider = "Facebook",
        Id = id,
        Token = token,
        Username = "acmesupport",
        LocalMode = true,
        Settings = new Dictionary<string, string?> { ["appId"] = AppId, ["appSecret"] = AppSecret },
    });

    public Task SetAsync(string setting, string? value, string page = PageId) => Control.ChangeAccountSettingAsync(page, setting, value);

    public async Task SubscribeAppAsync(string fields = Fields) =>
        Assert.Equal(200, (await PostAsync($"{AppId}/subscriptions", AppToken, ("object", "page"), ("callback_url", Receiver.HookUrl), ("verify_token", VerifyToken), ("fields", fields))).Status);

    public async Task SubscribePageAsync(string page = PageId, string token = Token, string fields = Fields) =>
        Assert.Equal(200, (await PostAsync($"{page}/subscribed_apps", token, ("subscribed_fields", fields))).Status);

    public Task<(int Status, JsonObject Body)> GetAsync(string path, string? token) => SendAsync(HttpMethod.Get, path, token, null);

    public Task<(int Status, JsonObject Body)> DeleteAsync(string path, string token) => SendAsync(HttpMethod.Delete, path, token, null);

    public Task<(int Status, JsonObject Body)> PostAsync(string path, string token, params (string Name, string Value)[] form) =>
        SendAsync(HttpMethod.Post, path, token, new FormUrlEncodedContent(form.ToDictionary(field => field.Name, field => field.Value)));

    public async Task<(int Status, JsonObject Body)> SendAsync(HttpMethod method, string path, string? token, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, $"v26.0/{path}") { Content = content };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var response = await _http.SendAsync(request);
        LastHeaders = response.Headers.ToDictionary(header => header.Key, header => string.Join(',', header.Value));
        return ((int)response.StatusCode, (JsonObject)JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }

    /// <summary>Headers of the latest answer.</summary>
    public IReadOnlyDictionary<string, string> LastHeaders { get; private set; } = new Dictionary<string, string>();

    public Task<AcceptedEvent> SayAsync(string text, string page = PageId) => Control.SendTextAsync(page, text);

    public Task<AcceptedEvent> DoAsync(MessageKind kind, params (string Name, string Value)[] options) =>
        Control.SendMessageAsync(PageId, new CustomerMessage { Kind = kind, Options = options.ToDictionary(option => option.Name, option => option.Value) });

    public Task<DeliveryReport> DeliveriesAsync(string waitFor, string page = PageId) => Control.GetDeliveriesAsync(page, waitFor);

    public static (int Code, int Subcode, string Message) ErrorOf((int Status, JsonObject Body) answer)
    {
        var error = (JsonObject)answer.Body["error"]!;
        Assert.Equal(400, answer.Status);
        Assert.Equal("OAuthException", (string?)error["type"]);
        Assert.Matches("^[A-Za-z0-9_-]{11}$", (string?)error["fbtrace_id"]);
        return ((int?)error["code"] ?? 0, (int?)error["error_subcode"] ?? 0, (string)error["message"]!);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        Control.Dispose();
        await _app.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}
