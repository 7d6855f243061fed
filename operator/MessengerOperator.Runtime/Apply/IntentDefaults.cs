using System.Text.Json.Nodes;
using k8s.Models;

namespace MessengerOperator.Runtime.Apply;

/// <summary>Fills in what server-side apply needs and an ordinary write does not.</summary>
internal static class IntentDefaults
{
    /// <summary>Ports of a Service are told apart by port and protocol; up to 1.20 the API server answers 500 when the protocol is left to its default.</summary>
    public static void Fill(JsonObject intent)
    {
        if (intent["kind"]?.GetValue<string>() == V1Service.KubeKind && intent["spec"]?["ports"] is JsonArray ports)
        {
            foreach (var port in ports.OfType<JsonObject>())
            {
                port["protocol"] ??= "TCP";
            }
        }
    }
}
