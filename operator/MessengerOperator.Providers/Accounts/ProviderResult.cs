using System.Diagnostics.CodeAnalysis;

namespace MessengerOperator.Providers.Accounts;

/// <summary>The outcome of a call to a provider: a value, or one of the closed set of failures.</summary>
public sealed class ProviderResult<T>
    where T : notnull
{
    private readonly T? _value;

    private ProviderResult(T? value, ProviderFailure? failure) => (_value, Failure) = (value, failure);

    /// <summary>Why there is no value; null when there is one.</summary>
    public ProviderFailure? Failure { get; }

    /// <summary>True with the value, or false with the failure.</summary>
    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out ProviderFailure? failure)
    {
        (value, failure) = (_value, Failure);
        return failure is null;
    }

    /// <summary>A success.</summary>
    public static implicit operator ProviderResult<T>(T value) => new(value, null);

    /// <summary>A failure.</summary>
    public static implicit operator ProviderResult<T>(ProviderFailure failure) => new(default, failure);

    /// <inheritdoc/>
    public override string ToString() => Failure?.ToString() ?? $"Ok {_value}";
}
