using System.Globalization;
using MessengerOperator.Providers.Webhooks;

namespace MessengerOperator.Providers.Nexmo;

/// <summary>Reads what the SMS API sends: messages, of which a long one comes in parts, and delivery receipts.</summary>
internal static class NexmoSmsEvents
{
    private const string Timestamp = "yyyy-MM-dd HH:mm:ss";
    private const string Unknown = "unknown";

    /// <summary>The event; null without an id.</summary>
    public static MessengerEvent? Read(NexmoParameters parameters, JsonFragment original, in ParseContext context) =>
        parameters.Text("messageId") is not { } id || string.IsNullOrWhiteSpace(id) ? null
        : IsReceipt(parameters) ? Receipt(parameters, id, original, context)
        : Message(parameters, id, original, context);

    /// <summary>Whether this tells the state of a message of ours.</summary>
    public static bool IsReceipt(NexmoParameters parameters) => parameters.Text("status") is not null && parameters.Text("type") is null;

    private static MessengerEvent Message(NexmoParameters parameters, string id, JsonFragment original, in ParseContext context)
    {
        var sender = parameters.Text("msisdn");
        var type = parameters.Text("type");
        var content = type is "text" or "unicode" && parameters.Text("text") is { } text ? new EventContent { Type = ContentType.Text, Text = text } : null;
        var part = parameters.Text("concat-part");
        return new()
        {
            Id = part is null ? id : $"{id}-{part}",
            Type = content is not null && sender is not null ? EventType.MessageReceived : EventType.Other,
            Data = new()
            {
                Conversation = sender is null ? null : new(sender, ConversationType.Private),
                Sender = sender is null ? null : new(sender, SenderType.User),
                Message = new(id) { Part = Part(parameters) },
                Time = Time(parameters, context),
                Kind = $"sms.{type ?? Unknown}",
                Content = content,
                Original = original,
            },
        };
    }

    private static MessengerEvent Receipt(NexmoParameters parameters, string id, JsonFragment original, in ParseContext context)
    {
        var status = parameters.Text("status");
        var customer = parameters.Text("msisdn");
        return new()
        {
            Id = $"{id}-{status}",
            Type = status == "delivered" && customer is not null ? EventType.MessageDelivered : EventType.Other,
            Data = new()
            {
                Conversation = customer is null ? null : new(customer, ConversationType.Private),
                Sender = customer is not null && status == "delivered" ? new(customer, SenderType.User) : null,
                Message = new(id),
                Time = Time(parameters, context),
                Kind = $"sms.status.{status}",
                Original = original,
            },
        };
    }

    private static EventMessagePart? Part(NexmoParameters parameters) =>
        parameters.Text("concat-ref") is { } reference
        && Count(parameters.Text("concat-part")) is { } number
        && Count(parameters.Text("concat-total")) is { } total
            ? new(reference, number, total)
            : null;

    private static int? Count(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? count : null;

    private static DateTimeOffset Time(NexmoParameters parameters, in ParseContext context) =>
        DateTimeOffset.TryParseExact(
            parameters.Text("message-timestamp"),
            Timestamp,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time)
            ? time
            : context.ReceivedAt;
}
