using System.Collections.Concurrent;
using System.Text.Json;
using MessengerOperator.Providers.Tests.Webhooks;
using MessengerOperator.Providers.Webhooks;
using MessengerOperator.ProviderSimulator.Accounts;
using MessengerOperator.ProviderSimulator.Delivery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MessengerOperator.Providers.Tests.Nexmo;

/// <summary>What the simulated Vonage sends is taken by the webhook half, and what a forger sends is not: two readings of one page, made apart from each other.</summary>
public sealed class NexmoDeliveryTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Methods = new()
    {
        ["md5hash"] = "Md5Hash",
        ["md5"] = "Md5",
        ["sha1"] = "Sha1",
        ["sha256"] = "Sha256",
        ["sha512"] = "Sha512",
    };

    private readonly ConcurrentQueue<MessengerEvent> _events = [];
    private readonly ConcurrentQueue<VerificationResult> _verdicts = [];
    private WebApplication _receiver = null!;
    private NexmoSimulation _vonage = null!;
    private string _settings = NexmoVectors.SmsSettings("Sha256");

    public static TheoryData<string, string> FormatsAndMethods
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (var format in new[] { "get", "post", "post-json" })
            {
                foreach (var method in Methods.Keys)
                {
                    pairs.Add(format, method);
                }
            }

            return pairs;
        }
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private Uri Hook => new(new Uri(_receiver.Urls.First()), "/contact-centre/acme");

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _receiver = builder.Build();
        _receiver.Run(TakeAsync);
        await _receiver.StartAsync(Cancelled);
        _vonage = await NexmoSimulation.StartAsync(new Dictionary<string, string?> { ["probes"] = "true", ["signed"] = "true", ["signatureMethod"] = "sha256" }, timeScale: 0.001);
    }

    public async ValueTask DisposeAsync()
    {
        await _vonage.DisposeAsync();
        await _receiver.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(FormatsAndMethods))]
    public async Task An_SMS_arrives_in_every_format_signed_by_every_method(string format, string method)
    {
        await ChangeAsync(("format", format), ("signatureMethod", method));
        _settings = NexmoVectors.SmsSettings(Methods[method]);
        await RegisterAsync();

        await _vonage.Control.SendTextAsync(NexmoSimulation.ApiKey, "Tom & Jerry = 100% żółć 😀 +", Cancelled);
        await _vonage.Control.GetDeliveriesAsync(NexmoSimulation.ApiKey, "acknowledged:1", cancellationToken: Cancelled);

        Assert.Equal("Tom & Jerry = 100% żółć 😀 +", Assert.Single(_events).Data.Content?.Text);
    }

    [Theory]
    [InlineData("get")]
    [InlineData("post")]
    [InlineData("post-json")]
    public async Task A_forged_SMS_is_refused_in_every_format(string format)
    {
        await ChangeAsync(("format", format));
        await RegisterAsync();
        foreach (var forgery in new[] { SecretHeader.Wrong, SecretHeader.Missing, SecretHeader.Doubled, SecretHeader.TrailingBlank, SecretHeader.ChangedBody })
        {
            var attempt = (await _vonage.Control.SendMessageAsync(NexmoSimulation.ApiKey, new CustomerMessage { Text = "forged", Secret = forgery }, Cancelled)).Attempt;
            Assert.True(attempt?.Status is 401 or 403, $"{forgery}: {attempt?.Status}");
        }

        Assert.Empty(_events);
    }

    [Fact]
    public async Task Another_method_than_the_configured_one_is_refused_and_the_message_is_lost()
    {
        await ChangeAsync(("signatureMethod", "md5hash"));
        await RegisterAsync();
        await _vonage.Control.SendTextAsync(NexmoSimulation.ApiKey, "hello", Cancelled);

        await _vonage.Control.GetDeliveriesAsync(NexmoSimulation.ApiKey, "expired:1", cancellationToken: Cancelled);

        Assert.Equal([VerificationResult.MalformedSignature], _verdicts);
    }

    [Fact]
    public async Task A_long_SMS_comes_in_parts_out_of_order_that_fit_together()
    {
        await RegisterAsync();
        var text = string.Concat(Enumerable.Range(0, 60).Select(number => $"word {number} "));
        await _vonage.Control.SendTextAsync(NexmoSimulation.ApiKey, text, Cancelled);
        await _vonage.Control.GetDeliveriesAsync(NexmoSimulation.ApiKey, "acknowledged:4", cancellationToken: Cancelled);

        Assert.Equal(4, _events.DistinctBy(messengerEvent => messengerEvent.Id).Count());
        Assert.Single(_events.Select(messengerEvent => messengerEvent.Data.Message?.Part?.Group).Distinct());
        Assert.Equal(text, string.Concat(_events.OrderBy(messengerEvent => messengerEvent.Data.Message!.Part!.Number).Select(messengerEvent => messengerEvent.Data.Content?.Text)));
    }

    [Fact]
    public async Task Receipts_and_messages_share_the_URL()
    {
        await RegisterAsync();
        foreach (var kind in new[] { MessageKind.Submitted, MessageKind.Delivered, MessageKind.Failed, MessageKind.Unknown })
        {
            await _vonage.Control.SendMessageAsync(NexmoSimulation.ApiKey, new CustomerMessage { Kind = kind, ProviderMessageId = "0A00000000000001" }, Cancelled);
        }

        await _vonage.Control.GetDeliveriesAsync(NexmoSimulation.ApiKey, "acknowledged:4", cancellationToken: Cancelled);
        Assert.Equal(1, _events.Count(messengerEvent => messengerEvent.Type == EventType.MessageDelivered));
        Assert.Equal(3, _events.Count(messengerEvent => messengerEvent.Type == EventType.Other));
    }

    [Fact]
    public async Task Every_kind_of_the_Messages_API_arrives()
    {
        _settings = NexmoVectors.MessagesSettings;
        await ChangeAsync(("defaultApi", "messages"));
        await RegisterAsync("application/" + NexmoVectors.ApplicationId);
        var kinds = (await _vonage.Control.GetAccountAsync(NexmoSimulation.ApiKey, Cancelled)).Kinds;
        foreach (var kind in kinds)
        {
            await _vonage.Control.SendMessageAsync(NexmoSimulation.ApiKey, new CustomerMessage { Kind = kind, Text = "żółć 😀", Options = new Dictionary<string, string> { ["channel"] = "whatsapp" } }, Cancelled);
        }

        await _vonage.Control.GetDeliveriesAsync(NexmoSimulation.ApiKey, $"acknowledged:{kinds.Count}", cancellationToken: Cancelled);
        Assert.Equal(
            [EventType.MessageDelivered, EventType.MessageRead, EventType.MessageReceived, EventType.Other, EventType.PostbackReceived],
            _events.Select(messengerEvent => messengerEvent.Type).Distinct().OrderBy(type => type.ToString(), StringComparer.Ordinal));
        Assert.Equal(3, _events.Count(messengerEvent => messengerEvent.Type == EventType.Other));
    }

    [Fact]
    public async Task An_unsigned_callback_of_the_Messages_API_is_asked_for_again()
    {
        _settings = NexmoVectors.MessagesSettings;
        await ChangeAsync(("defaultApi", "messages"), ("firstAttemptUnsigned", "true"));
        await RegisterAsync("application/" + NexmoVectors.ApplicationId);
        await _vonage.Control.SendTextAsync(NexmoSimulation.ApiKey, "hello", Cancelled);
        await _vonage.Control.GetDeliveriesAsync(NexmoSimulation.ApiKey, "acknowledged:1", cancellationToken: Cancelled);

        Assert.Equal([VerificationResult.UnsignedByProvider, VerificationResult.Accepted], _verdicts);
        Assert.Single(_events);
    }

    [Fact]
    public async Task A_forged_callback_of_the_Messages_API_is_refused()
    {
        _settings = NexmoVectors.MessagesSettings;
        await ChangeAsync(("defaultApi", "messages"));
        await RegisterAsync("application/" + NexmoVectors.ApplicationId);
        foreach (var forgery in new[] { SecretHeader.Wrong, SecretHeader.WrongCase, SecretHeader.Doubled, SecretHeader.ChangedBody })
        {
            var attempt = (await _vonage.Control.SendMessageAsync(NexmoSimulation.ApiKey, new CustomerMessage { Text = "forged", Secret = forgery }, Cancelled)).Attempt;
            Assert.Equal(403, attempt?.Status);
        }

        Assert.Equal(503, (await _vonage.Control.SendMessageAsync(NexmoSimulation.ApiKey, new CustomerMessage { Text = "forged", Secret = SecretHeader.Missing }, Cancelled)).Attempt?.Status);
        Assert.Empty(_events);
    }

    /// <summary>Registers through the account half, so that Vonage's own check of the URL is answered by the webhook half.</summary>
    private async Task RegisterAsync(string? scope = null)
    {
        var target = new Accounts.WebhookTarget(Hook, new Secret("unused")) { Scope = new(scope) };
        var result = await _vonage.Accounts.RegisterAsync(NexmoSimulation.Account(_settings), target, Cancelled);
        Assert.Null(result.Failure);
    }

    private Task ChangeAsync(params (string Name, string Value)[] settings) =>
        _vonage.Control.ChangeAccountSettingsAsync(NexmoSimulation.ApiKey, settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value), Cancelled);

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var headers = new TestHeaders([.. context.Request.Headers.SelectMany(header => header.Value.Select(value => (header.Key, value ?? "")))]);
        var request = new WebhookRequest(context.Request.Method, context.Request.Path.Value!, context.Request.QueryString.Value ?? "", headers, body.ToArray());
        context.Response.StatusCode = Answer(request);
    }

    private int Answer(in WebhookRequest request)
    {
        using var settings = JsonDocument.Parse(_settings);
        var keys = new WebhookKeys([new("signatureSecret", [new Secret(NexmoVectors.SmsSecret)])]);
        var webhook = TestProviders.Get("Nexmo").Webhook;
        var context = new VerificationContext(keys, new(settings.RootElement), TimeProvider.System.GetUtcNow());
        if (webhook.Handshake(request, context) is HandshakeResult.Answer)
        {
            return StatusCodes.Status200OK;
        }

        var verdict = webhook.Verify(request, context);
        _verdicts.Enqueue(verdict);
        if (verdict != VerificationResult.Accepted)
        {
            return verdict switch
            {
                VerificationResult.UnsignedByProvider => StatusCodes.Status503ServiceUnavailable,
                VerificationResult.MissingSignature => StatusCodes.Status401Unauthorized,
                _ => StatusCodes.Status403Forbidden,
            };
        }

        var parsed = Assert.IsType<ParseResult.Events>(webhook.Parse(request, new(NexmoSimulation.ApiKey, new(settings.RootElement), context.Now)));
        foreach (var messengerEvent in parsed.Items)
        {
            EventSchema.AssertValid(EventDataSerializer.ToUtf8(messengerEvent.Data with { Account = new(NexmoSimulation.ApiKey, null) }));
            _events.Enqueue(messengerEvent);
        }

        return StatusCodes.Status200OK;
    }
}
