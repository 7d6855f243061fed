using MessengerOperator.Providers.Webhooks;
using MessengerOperator.Receiver.Telemetry;

namespace MessengerOperator.Receiver.Intake;

/// <summary>What became of a request.</summary>
/// <param name="Result">How it ended.</param>
/// <param name="Refusal">Why it was refused; only for <see cref="RequestResult.Refused"/>.</param>
/// <param name="Text">Body of the answer; only for <see cref="RequestResult.Handshake"/>.</param>
/// <param name="RetryAfter">When the provider should try again; null when there is nothing to say.</param>
internal readonly record struct IntakeResult(RequestResult Result, VerificationResult? Refusal = null, string? Text = null, TimeSpan? RetryAfter = null);
