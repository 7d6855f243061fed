namespace MessengerOperator.Runtime.Controllers;

/// <summary>A controller returned a failure without an exception.</summary>
internal sealed class ReconciliationFailedException(string? message) : Exception(message);
