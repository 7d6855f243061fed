using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MessengerOperator.ProviderSimulator.Delivery;

namespace MessengerOperator.ProviderSimulator.Facebook;

/// <summary>The events of all pages of an app on their way to the app's one URL.</summary>
internal sealed class FacebookQueue(FacebookApp app, SimulatorState state) : WebhookQueue(state)
{
    /// <summary>In front of the kind of what goes into <c>changes</c>.</summary>
    public const string ChangesPrefix = "changes:";

    private const string Messaging = "messaging";
    private const string Changes = "changes";
    private const int Connections = 4;
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);
    private static readonly byte[] NobodysKey = "never-registered-0123456789-never"u8.ToArray();

    // "At once, then ever more rarely for 36 hours"; the spacing is not published.
    private static readonly RetrySchedule EverMoreRarely = RetrySchedule.Doubling(TimeSpan.FromSeconds(30), TimeSpan.FromHours(2), TimeSpan.FromHours(36));
    private static readonly RetrySchedule Schedule = EverMoreRarely with { Delays = [TimeSpan.Zero, .. EverMoreRarely.Delays] };

    public static IReadOnlyList<WebhookHeader> CommonHeaders { get; } = [new("User-Agent", "facebookexternalua"), new("Accept", "*/*")];

    public override int Parallelism => app.Subscription is { IsActive: true } ? Connections : 0;

    public override int MaxBatch => (int)Math.Max(1, app.NumberOf(FacebookSettings.MaxBatch));

    protected override OutgoingRequest? Prepare(IReadOnlyList<QueuedDelivery> batch)
    {
        if (app.Subscription is not { } subscription)
        {
            return null;
        }

        var body = Encoding.ASCII.GetBytes(BodyOf(app.IsOn(FacebookSettings.OutOfOrder) ? [.. batch.Reverse()] : batch));
        return new OutgoingRequest(subscription.Connection, new WebhookRequest { Body = body, Headers = Headers(body, Encoding.ASCII.GetBytes(app.Secret)), Timeout = AnswerTimeout });
    }

    protected override DeliveryVerdict JudgeFailure(QueuedDelivery delivery, DeliveryAttempt attempt) => Schedule.After(delivery, State.Time);

    /// <summary>200 and nothing else.</summary>
    protected override bool IsTaken(DeliveryAttempt attempt) => attempt.Status == StatusCodes.Status200OK;

    protected override void Observe(IReadOnlyList<QueuedDelivery> batch, OutgoingRequest outgoing, WebhookAnswer answer)
    {
        foreach (var page in batch.Select(delivery => delivery.Owner).OfType<FacebookAccount>().Distinct())
        {
            page.Clock.Note(answer.Attempt.Succeeded);
        }
    }

    protected override WebhookRequest Forge(WebhookRequest genuine, SecretHeader secret) => secret == SecretHeader.Wrong
        ? genuine with { Headers = Headers(genuine.Body!, NobodysKey) }
        : base.Forge(genuine, secret);

    /// <summary>The envelope: neighbours of one page and list share an entry.</summary>
    private static string BodyOf(IReadOnlyList<QueuedDelivery> batch)
    {
        var body = new StringBuilder("{\"object\":\"page\",\"entry\":[");
        for (var index = 0; index < batch.Count; index++)
        {
            var (page, list) = PlaceOf(batch[index]);
            if (index == 0 || PlaceOf(batch[index - 1]) != (page, list))
            {
                body.Append(CultureInfo.InvariantCulture, $"{(index == 0 ? "" : "]},")}{{\"id\":\"{page}\",\"time\":{TimeOf(batch[index], list)},\"{list}\":[");
            }
            else
            {
                body.Append(',');
            }

            body.Append(batch[index].Event.Body);
            if (batch[index].Owner.Settings.IsOn(FacebookSettings.Duplicates))
            {
                body.Append(',').Append(batch[index].Event.Body);
            }
        }

        return body.Append("]}]}").ToString();
    }

    private static (string Page, string List) PlaceOf(QueuedDelivery delivery) => (
        delivery.Event.Kind == ChangesPrefix + FacebookFields.Messages ? FacebookAccount.SamplePage : delivery.Owner.Id,
        delivery.Event.Kind.StartsWith(ChangesPrefix, StringComparison.Ordinal) ? Changes
            : delivery.Event.Kind == FacebookFields.Standby ? FacebookFields.Standby
            : Messaging);

    // Milliseconds for messages, seconds for changes.
    private static long TimeOf(QueuedDelivery delivery, string list) =>
        list == Changes ? delivery.Event.CreatedAt.ToUnixTimeSeconds() : delivery.Event.CreatedAt.ToUnixTimeMilliseconds();

    private static WebhookHeader[] Headers(byte[] body, byte[] key) =>
    [
        .. CommonHeaders,
        new("Content-Type", "application/json"),
        // The old form is still sent beside the new one.
#pragma warning disable CA5350 // Facebook's legacy header is SHA-1
        new("X-Hub-Signature", $"sha1={Convert.ToHexStringLower(HMACSHA1.HashData(key, body))}", IsProof: true),
#pragma warning restore CA5350
        new("X-Hub-Signature-256", $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(key, body))}", IsProof: true),
    ];
}
