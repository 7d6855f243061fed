namespace MessengerOperator.ProviderSimulator.Accounts;

/// <summary>A message that the account sent to a customer.</summary>
/// <param name="Time">When.</param>
/// <param name="ChatId">To whom.</param>
/// <param name="MessageId">The provider's id of it.</param>
/// <param name="Text">The text.</param>
/// <param name="FromWebhookAnswer">Whether it was a method in the answer to a delivery, which is a violation.</param>
public sealed record SentMessage(DateTimeOffset Time, string ChatId, string MessageId, string Text, bool FromWebhookAnswer);
