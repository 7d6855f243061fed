using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MessengerOperator.ProviderSimulator.Delivery;

namespace MessengerOperator.ProviderSimulator.Nexmo;

/// <summary>The messages and states of one account on their way to its webhooks, each on its own: Vonage keeps no order.</summary>
internal sealed class NexmoQueue(NexmoAccount account, SimulatorState state) : WebhookQueue(state)
{
    private const int AtOnce = 30;
    private const string NotTheSecret = "not-the-signature-secret-of-anybody";
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(15);
    private static readonly RetrySchedule Newer = RetrySchedule.Doubling(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(24));
    private static readonly RetrySchedule OlderMessages = new() { Delays = [TimeSpan.FromMinutes(1)], Lifetime = TimeSpan.FromHours(24) };
    private static readonly RetrySchedule OlderReceipts = new() { Delays = [TimeSpan.FromMinutes(1)], Lifetime = TimeSpan.FromHours(72) };

    private readonly ConcurrentDictionary<string, string> _urlAtFirst = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, WebhookRequest> _signedAtFirst = new(StringComparer.Ordinal);

    public override int Parallelism => AtOnce;

    /// <summary>An event of this account, wanted while there is a webhook for it.</summary>
    public EventDraft Draft(string id, string kind, JsonObject body, string messageId)
    {
        var url = UrlOf(body);
        _urlAtFirst[id] = url;
        return new EventDraft
        {
            Owner = account,
            Id = id,
            Kind = kind,
            Conversation = id,
            Body = JsonAnswer.Write(body),
            MessageId = messageId,
            IsWanted = url.Length > 0,
        };
    }

    protected override OutgoingRequest? Prepare(IReadOnlyList<QueuedDelivery> batch)
    {
        var delivery = batch.Single();
        var body = JsonNode.Parse(delivery.Event.Body)!.AsObject();
        var url = UrlOf(body) is { Length: > 0 } now ? now : _urlAtFirst[delivery.Event.Id];
        var isFresh = account.Settings.IsOn(NexmoSetting.SignsRetriesAfresh) || account.Settings.IsOn(NexmoSetting.FirstAttemptUnsigned);
        return new OutgoingRequest(account.Connections.To(url), isFresh ? Sign() : _signedAtFirst.GetOrAdd(delivery.Event.Id, _ => Sign()));

        WebhookRequest Sign() => NexmoMessagesEvents.IsOne(body) ? Message(delivery, new Uri(url)) : Sms(body, new Uri(url));
    }

    protected override DeliveryVerdict JudgeFailure(QueuedDelivery delivery, DeliveryAttempt attempt)
    {
        if (account.Settings[NexmoSetting.Retries] == NexmoSetting.Older)
        {
            return (NexmoSmsEvents.IsReceipt(JsonNode.Parse(delivery.Event.Body)!.AsObject()) ? OlderReceipts : OlderMessages).After(delivery, State.Time);
        }

        // Any other refusal is final: the message is lost.
        return attempt.Status is null or StatusCodes.Status429TooManyRequests or >= 500 ? Newer.After(delivery, State.Time) : DeliveryVerdict.GivenUp;
    }

    protected override WebhookRequest Forge(WebhookRequest genuine, SecretHeader secret)
    {
        if (genuine.Headers.Any(header => header.IsProof))
        {
            return base.Forge(genuine, secret);
        }

        var (format, parameters) = NexmoTransport.Read(genuine);
        if (parameters.All(parameter => parameter.Name != NexmoSmsSignature.Parameter))
        {
            throw new FormatException("Vonage does not sign for this account, so there is nothing to forge; set signed to true.");
        }

        return NexmoTransport.Write(format, [.. Forge(parameters, secret)], genuine.Url is { } url ? new Uri(url.GetLeftPart(UriPartial.Path)) : new Uri("http://unused/"), genuine.Timeout);
    }

    private IEnumerable<(string Name, string Value)> Forge(List<(string Name, string Value)> parameters, SecretHeader secret)
    {
        var unsigned = parameters.Where(parameter => parameter.Name != NexmoSmsSignature.Parameter).ToList();
        var signature = parameters.Single(parameter => parameter.Name == NexmoSmsSignature.Parameter);
        return secret switch
        {
            SecretHeader.Missing => unsigned,
            SecretHeader.Doubled => [.. parameters, signature],
            SecretHeader.Wrong => [.. unsigned, signature with { Value = NexmoSmsSignature.Sign(unsigned, account.Settings[NexmoSetting.SignatureMethod], NotTheSecret) }],
            SecretHeader.TrailingBlank => [.. unsigned, signature with { Value = signature.Value + " " }],
            SecretHeader.ChangedBody => [.. unsigned.Select(parameter => parameter.Name == "text" ? parameter with { Value = parameter.Value + "!" } : parameter), signature],
            _ => throw new FormatException("The case of a digest's digits says nothing; forge something else."),
        };
    }

    private WebhookRequest Sms(JsonObject body, Uri url)
    {
        List<(string Name, string Value)> parameters = [.. body.Select(member => (member.Key, member.Value?.ToString() ?? ""))];
        if (account.Settings.IsOn(NexmoSetting.Signed))
        {
            parameters.Add(("timestamp", State.Time.UnixNow.ToString(CultureInfo.InvariantCulture)));
            parameters.Add(("nonce", Guid.NewGuid().ToString()));
            parameters.Add((NexmoSmsSignature.Parameter, NexmoSmsSignature.Sign(parameters, account.Settings[NexmoSetting.SignatureMethod], account.Settings[NexmoSetting.SignatureSecret])));
        }

        return NexmoTransport.Write(account.Settings[NexmoSetting.Format], parameters, url, AnswerTimeout);
    }

    private WebhookRequest Message(QueuedDelivery delivery, Uri url)
    {
        var body = Encoding.UTF8.GetBytes(delivery.Event.Body);
        List<WebhookHeader> headers = [new("Content-Type", "application/json")];
        if (delivery.Failures > 0 || delivery.IsRepeat || !account.Settings.IsOn(NexmoSetting.FirstAttemptUnsigned))
        {
            var token = NexmoJwt.Sign(body, account.Id, account.ApplicationId, account.Settings[NexmoSetting.SignatureSecret], State.Time.UnixNow);
            headers.Add(new("Authorization", $"Bearer {token}", IsProof: true));
        }

        return new WebhookRequest { Url = url, Body = body, Headers = headers, Timeout = AnswerTimeout };
    }

    private string UrlOf(JsonObject body) => body switch
    {
        _ when NexmoMessagesEvents.IsOne(body) => NexmoMessagesEvents.IsState(body)
            ? account.Applications.StatusUrl(account.ApplicationId)
            : account.Applications.InboundUrl(account.ApplicationId),
        _ when NexmoSmsEvents.IsReceipt(body) => account.Webhooks.ReceiptUrl,
        _ => account.Webhooks.InboundOf(body["to"]?.ToString() ?? ""),
    };
}
