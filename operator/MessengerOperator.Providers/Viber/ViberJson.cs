using System.Text.Json.Serialization;

namespace MessengerOperator.Providers.Viber;

/// <summary>What of an answer says how the call ended.</summary>
internal interface IViberAnswer
{
    /// <summary>0 for success; null when it is no answer of Viber's.</summary>
    int? Status { get; }

    /// <summary>May be missing, a symbolic name, a sentence or a trace.</summary>
    string? StatusMessage { get; }
}

/// <summary>Body of <c>get_account_info</c>: nothing, as an object.</summary>
internal sealed record ViberNothing;

/// <summary>Answer to <c>get_account_info</c>.</summary>
/// <param name="Status">See <see cref="IViberAnswer"/>.</param>
/// <param name="StatusMessage">See <see cref="IViberAnswer"/>.</param>
/// <param name="Id"><c>pa:</c> and digits; never changes.</param>
/// <param name="Name">Display name.</param>
/// <param name="Uri">Name in deep links.</param>
/// <param name="Webhook">Empty or absent when there is none.</param>
/// <param name="EventTypes">May hold names that nobody asked for.</param>
internal sealed record ViberAccountInfo(
    int? Status, string? StatusMessage, string? Id, string? Name, string? Uri, string? Webhook, IReadOnlyList<string>? EventTypes) : IViberAnswer;

/// <summary>Body of <c>set_webhook</c> that sets one.</summary>
internal sealed record ViberSetWebhook(string Url, IReadOnlyList<string> EventTypes, bool SendName, bool SendPhoto);

/// <summary>Body of <c>set_webhook</c> that removes it.</summary>
/// <param name="Url">Empty.</param>
internal sealed record ViberRemoveWebhook(string Url);

/// <summary>Answer to <c>set_webhook</c>.</summary>
internal sealed record ViberWebhookSet(int? Status, string? StatusMessage) : IViberAnswer;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ViberNothing))]
[JsonSerializable(typeof(ViberAccountInfo))]
[JsonSerializable(typeof(ViberSetWebhook))]
[JsonSerializable(typeof(ViberRemoveWebhook))]
[JsonSerializable(typeof(ViberWebhookSet))]
internal sealed partial class ViberJson : JsonSerializerContext;
