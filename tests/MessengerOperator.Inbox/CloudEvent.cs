using System.Text.Json.Nodes;

namespace MessengerOperator.Inbox;

/// <summary>A CloudEvent as it arrived.</summary>
public sealed record CloudEvent
{
    /// <summary>Its place in the order of arrival, from 1.</summary>
    public int Number { get; init; }

    /// <summary>When it arrived.</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Whether the event was an envelope in the body (structured mode) or headers (binary mode).</summary>
    public bool Structured { get; init; }

    /// <summary>How often an event with the same source and id had arrived before this one.</summary>
    public int Repeats { get; init; }

    /// <summary>All context attributes by name: specversion, id, source, type and whatever else there was.</summary>
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }

    /// <summary>The data when it is JSON; null otherwise.</summary>
    public JsonNode? Data { get; init; }

    /// <summary>The data as text when it is not JSON.</summary>
    public string? Text { get; init; }

    /// <summary>The attribute, or an empty text.</summary>
    public string this[string attribute] => Attributes.GetValueOrDefault(attribute, string.Empty);
}
