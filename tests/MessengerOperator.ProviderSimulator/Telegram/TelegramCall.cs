namespace MessengerOperator.ProviderSimulator.Telegram;

/// <summary>A call with the token it came with.</summary>
internal sealed record TelegramCall(string Method, TelegramAccount? Bot, string Caller, string Token) : IncomingCall(Method, Bot, Caller);
