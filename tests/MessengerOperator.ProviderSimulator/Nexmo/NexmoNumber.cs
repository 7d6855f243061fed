using System.Text.Json.Nodes;

namespace MessengerOperator.ProviderSimulator.Nexmo;

/// <summary>A rented number with all that can be set on it. Immutable.</summary>
internal sealed record NexmoNumber(string Country, string Msisdn)
{
    /// <summary>Its own webhook; empty for none.</summary>
    public string InboundUrl { get; init; } = "";

    /// <summary>The application that it is linked to; empty for none.</summary>
    public string Application { get; init; } = "";

    public string VoiceCallbackType { get; init; } = "";

    public string VoiceCallbackValue { get; init; } = "";

    public string VoiceStatusCallback { get; init; } = "";

    public string SmppSystemType { get; init; } = "";

    /// <summary>When its webhook was set.</summary>
    public DateTimeOffset SetAt { get; init; }

    /// <summary>Name of its registration.</summary>
    public string Scope => $"number/{Country}/{Msisdn}";

    /// <summary>As <c>/account/numbers</c> lists it; what is not set is not there.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["country"] = Country, ["msisdn"] = Msisdn };
        foreach (var (name, value) in new[]
        {
            ("moHttpUrl", InboundUrl),
            ("app_id", Application),
            ("voiceCallbackType", VoiceCallbackType),
            ("voiceCallbackValue", VoiceCallbackValue),
            ("voiceStatusCallback", VoiceStatusCallback),
            ("moSmppSysType", SmppSystemType),
        })
        {
            if (value.Length > 0)
            {
                json[name] = value;
            }
        }

        json["type"] = "mobile-lvn";
        json["features"] = new JsonArray("VOICE", "SMS", "MMS");
        return json;
    }
}
