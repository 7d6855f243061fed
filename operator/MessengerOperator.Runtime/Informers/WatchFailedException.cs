namespace MessengerOperator.Runtime.Informers;

/// <summary>The API server ended a watch with an error other than 410.</summary>
internal sealed class WatchFailedException(string message) : Exception(message);
