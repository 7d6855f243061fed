namespace MessengerOperator.EndToEndTests;

/// <summary>What a command left.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>The output of a command that must have succeeded.</summary>
    /// <exception cref="InvalidOperationException">It did not; the text holds what it said.</exception>
    public string Required(string what) =>
        ExitCode == 0 ? Output : throw new InvalidOperationException($"{what} ended with {ExitCode}: {Error}{Output}");
}
