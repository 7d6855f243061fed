using System.Text.Json.Nodes;

namespace MessengerOperator.ProviderSimulator.Viber;

/// <summary>A call of the REST Bot API.</summary>
/// <param name="Method">The last part of the path.</param>
/// <param name="Bot">Whose token came; null when it is nobody's.</param>
/// <param name="HasToken">Whether any token came.</param>
/// <param name="Body">The JSON object; null when the body is none.</param>
internal sealed record ViberCall(string Method, ViberAccount? Bot, bool HasToken, JsonObject? Body)
    : IncomingCall(Method, Bot, HasToken ? "(unknown token)" : "(no token)");
