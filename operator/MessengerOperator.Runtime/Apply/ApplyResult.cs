namespace MessengerOperator.Runtime.Apply;

/// <summary>An applied object as the API server has it now.</summary>
public sealed record ApplyResult<T>(T Entity, ApplyOutcome Outcome);
