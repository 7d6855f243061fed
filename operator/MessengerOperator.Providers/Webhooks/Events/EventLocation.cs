namespace MessengerOperator.Providers.Webhooks;

/// <summary>A place.</summary>
/// <param name="Latitude">In degrees, north positive.</param>
/// <param name="Longitude">In degrees, east positive.</param>
/// <param name="Title">Its name; null when it has none.</param>
/// <param name="Address">Its address; null when unknown.</param>
public sealed record EventLocation(double Latitude, double Longitude, string? Title = null, string? Address = null);
