using System.Text;
using System.Text.Json;
using MessengerOperator.Providers.Accounts;
using MessengerOperator.Providers.Http;
using MessengerOperator.Providers.Tests.Webhooks;
using MessengerOperator.Providers.Webhooks;
using MessengerOperator.ProviderSimulator;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Control;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace MessengerOperator.Providers.Tests.Facebook;

/// <summary>A simulated Meta app with a page, a receiver that Facebook can check, and our account half on a clock of its own.</summary>
internal sealed class FacebookWorld : IAsyncDisposable
{
    public const string AppId = "220000000000002";
    public const string AppSecret = FacebookUnderTest.AppSecret;
    public const string PageId = "110000000000001";
    public const string SecondPageId = "110000000000009";
    public const string Token = "EAAMADEUPpageTOKEN0001";
    public const string VerifyToken = FacebookUnderTest.VerifyToken;

    private readonly SimulatorApp _simulator;
    private readonly WebApplication _receiver;
    private readonly ServiceProvider _services;

    private FacebookWorld(SimulatorApp simulator, WebApplication receiver, ServiceProvider services, FakeTimeProvider clock)
    {
        (_simulator, _receiver, _services, Clock) = (simulator, receiver, services, clock);
        Control = simulator.CreateControl();
        Accounts = TestProviders.Get("Facebook").CreateAccounts(services.GetRequiredService<ProviderHttp>());
        Url = new Uri(new Uri(receiver.Urls.First()), "contact-centre/acme");
    }

    /// <summary>The operator's clock; the simulator has the real one.</summary>
    public FakeTimeProvider Clock { get; }

    public SimulatorControl Control { get; }

    public IProviderAccounts Accounts { get; }

    /// <summary>Where the receiver is.</summary>
    public Uri Url { get; }

    /// <summary>The token that the receiver knows.</summary>
    public string ReceiversToken { get; set; } = VerifyToken;

    public static RegistrationScope AppScope => TestProviders.Get("Facebook").Scopes(Settings())[0];

    public static RegistrationScope PageScope => TestProviders.Get("Facebook").Scopes(Settings())[1];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<FacebookWorld> StartAsync()
    {
        var simulator = await SimulatorApp.StartAsync(new SimulatorOptions(), Cancelled);
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(clock)
            .AddProviders()
            .AddProviderHttp(http =>
            {
                http.BaseAddresses["Facebook"] = simulator.ProviderUri;
                http.AccountBurst = 1000;
            })
            .BuildServiceProvider();
        FacebookWorld? world = null;
        var receiver = await StartReceiverAsync(() => world!.ReceiversToken);
        world = new FacebookWorld(simulator, receiver, services, clock);
        await world.AddPageAsync(PageId, Token);
        return world;
    }

    /// <summary>Makes another page of the app.</summary>
    public Task<AccountSummary> AddPageAsync(string id, string token) => Control.CreateAccountAsync(
        new AccountRequest
        {
            Provider = "Facebook",
            Id = id,
            Token = token,
            Username = "acmesupport",
            FirstName = "Acme Support",
            LocalMode = true,
            Settings = new Dictionary<string, string?> { ["appId"] = AppId, ["appSecret"] = AppSecret },
        },
        Cancelled);

    public Task SetAsync(string setting, string? value, string page = PageId) => Control.ChangeAccountSettingAsync(page, setting, value, Cancelled);

    /// <summary>The account with its credentials, some of them other than they should be.</summary>
    public static ProviderAccount Account(
        string page = PageId, string token = Token, string secret = AppSecret, string? app = AppId, string? username = "acmesupport") => new(
            $"uid-{page}",
            Settings(page, app, username),
            new Dictionary<string, Secret> { ["pageAccessToken"] = new(token), ["appSecret"] = new(secret) });

    public static ProviderSettings Settings(string page = PageId, string? app = AppId, string? username = "acmesupport")
    {
        var settings = new Dictionary<string, string> { ["pageId"] = page };
        if (app is not null)
        {
            settings["appId"] = app;
        }

        if (username is not null)
        {
            settings["pageUsername"] = username;
        }

        return new ProviderSettings(JsonSerializer.SerializeToElement(settings));
    }

    /// <summary>The registration that we want of the app, or of the page.</summary>
    public WebhookTarget AppTarget(bool owns = true, string token = VerifyToken) => new(Url, new Secret(token)) { Scope = AppScope, OwnsScope = owns };

    public WebhookTarget PageTarget() => new(Url, new Secret(VerifyToken)) { Scope = PageScope };

    public RegisteredWebhook Registered(RegistrationScope scope, string page = PageId) => new(page, new RegistrationScope(scope.Name), [Url]);

    public Task<ProviderResult<AccountIdentity>> TestAsync(ProviderAccount? account = null) => Accounts.TestConnectionAsync(account ?? Account(), Cancelled);

    public Task<ProviderResult<ObservedWebhook>> ObserveAsync(WebhookTarget target, ProviderAccount? account = null) => Accounts.ObserveAsync(account ?? Account(), target, Cancelled);

    public Task<ProviderResult<Registered>> RegisterAsync(WebhookTarget target, ProviderAccount? account = null) => Accounts.RegisterAsync(account ?? Account(), target, Cancelled);

    public Task<ProviderResult<Deregistration>> DeregisterAsync(RegistrationScope scope, ProviderAccount? account = null) =>
        Accounts.DeregisterAsync(account ?? Account(app: null), Registered(scope), Cancelled);

    /// <summary>Registers both levels, as the operator does.</summary>
    public async Task RegisterBothAsync()
    {
        Ok(await RegisterAsync(AppTarget()));
        Ok(await RegisterAsync(PageTarget()));
    }

    public async Task<int> CallsAsync(string method) => (await Control.GetCallsAsync(cancellationToken: Cancelled)).Of(method);

    public async Task<RegistrationReport> RegistrationsAsync(string page = PageId) => await Control.GetRegistrationsAsync(page, cancellationToken: Cancelled);

    public static T Ok<T>(ProviderResult<T> result)
        where T : notnull => result.TryGet(out var value, out var failure) ? value : throw new Xunit.Sdk.XunitException($"It failed: {failure}");

    public async ValueTask DisposeAsync()
    {
        Control.Dispose();
        await _services.DisposeAsync();
        await _simulator.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    /// <summary>A receiver with our webhook half that takes nothing but the check of its URL.</summary>
    private static async Task<WebApplication> StartReceiverAsync(Func<string> token)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async context =>
        {
            var keys = new WebhookKeys([new("verifyToken", [new Secret(token())])]);
            var request = new WebhookRequest(context.Request.Method, context.Request.Path, context.Request.QueryString.Value ?? "", new TestHeaders(), default);
            switch (TestProviders.Get("Facebook").Webhook.Handshake(request, new(keys, default, DateTimeOffset.UnixEpoch)))
            {
                case HandshakeResult.Answer { Text: var text }:
                    context.Response.ContentType = "text/plain; charset=utf-8";
                    await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted);
                    break;
                default:
                    context.Response.StatusCode = StatusCodes.Status403Forbidden;
                    break;
            }
        });
        await app.StartAsync(Cancelled);
        return app;
    }
}
