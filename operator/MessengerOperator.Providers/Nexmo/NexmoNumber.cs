namespace MessengerOperator.Providers.Nexmo;

/// <summary>A rented number.</summary>
/// <param name="Country">Two upper-case letters.</param>
/// <param name="Msisdn">The number with its country code, digits only.</param>
internal readonly record struct NexmoNumber(string Country, string Msisdn);
