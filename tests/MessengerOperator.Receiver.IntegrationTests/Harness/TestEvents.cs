using System.Text;
using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.Intake;

namespace MessengerOperator.Receiver.IntegrationTests.Harness;

/// <summary>Events to deliver.</summary>
internal static class TestEvents
{
    public const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    /// <summary>An event whose values are as awkward as customers make them.</summary>
    public static CloudEvent Awkward() => new(
        "id 1/ü\"%",
        "/namespaces/contact-centre/messengerintegrations/acme-support",
        EventType.MessageReceived,
        new(2026, 11, 24, 10, 0, 0, 123, TimeSpan.Zero),
        "Größe → 😀",
        "Größe → 😀",
        "telegram",
        TraceParent,
        Encoding.UTF8.GetBytes("""{"content":{"type":"text","text":"hallo ü 😀 \n"}}"""));

    /// <summary>An ordinary event.</summary>
    public static CloudEvent Of(string conversation, int number, int padding = 0) => new(
        $"{conversation}-{number}",
        "/namespaces/contact-centre/messengerintegrations/acme-support",
        EventType.MessageReceived,
        new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero),
        conversation,
        conversation,
        "telegram",
        TraceParent: null,
        Encoding.UTF8.GetBytes($$"""{"number":{{number}},"padding":"{{new string('x', padding)}}"}"""));
}
