namespace MessengerOperator.Receiver.IntegrationTests.Harness;

/// <summary>An event as a consumer of the sink sees it.</summary>
/// <param name="Attributes">CloudEvents attributes by name, without the binding's prefix.</param>
/// <param name="ContentType">Media type of the data.</param>
/// <param name="Data">The data.</param>
/// <param name="Key">What the sink keeps the order by, where it has such a thing.</param>
internal sealed record TakenEvent(IReadOnlyDictionary<string, string> Attributes, string ContentType, string Data, string? Key = null);
