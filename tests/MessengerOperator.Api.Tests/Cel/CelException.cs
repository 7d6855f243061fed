namespace MessengerOperator.Api.Tests.Cel;

/// <summary>An expression that cannot be read, or whose evaluation is an error in CEL's sense.</summary>
public sealed class CelException(string message) : Exception(message);
