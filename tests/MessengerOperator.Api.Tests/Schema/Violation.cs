namespace MessengerOperator.Api.Tests.Schema;

/// <summary>What the API server would complain about.</summary>
public sealed record Violation(string Field, string Message);
