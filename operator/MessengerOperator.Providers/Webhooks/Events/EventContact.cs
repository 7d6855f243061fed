namespace MessengerOperator.Providers.Webhooks;

/// <summary>Somebody's name and number.</summary>
/// <param name="Name">The name; null when there is none.</param>
/// <param name="PhoneNumber">The number as the provider gives it; null when there is none.</param>
/// <param name="UserId">The person's id at the messenger; null when unknown.</param>
public sealed record EventContact(string? Name = null, string? PhoneNumber = null, string? UserId = null);
