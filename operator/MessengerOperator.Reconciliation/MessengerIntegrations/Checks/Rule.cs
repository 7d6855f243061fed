namespace MessengerOperator.Reconciliation.MessengerIntegrations.Checks;

/// <summary>Makes a violation of a rule that does not hold.</summary>
internal static class Rule
{
    /// <summary>Nothing when the rule holds, else the violation.</summary>
    public static IEnumerable<SpecViolation> Holds(bool holds, string field, string message) => holds ? [] : [new SpecViolation(field, message)];

    /// <summary>Nothing when the value is one this version knows; a newer server may let others through.</summary>
    public static IEnumerable<SpecViolation> IsRecognized<TEnum>(TEnum value, string field)
        where TEnum : struct, Enum => Holds(!EqualityComparer<TEnum>.Default.Equals(value, default), field, UnrecognizedValue);

    /// <summary>Nothing when there is no value or one this version knows.</summary>
    public static IEnumerable<SpecViolation> IsRecognized<TEnum>(TEnum? value, string field)
        where TEnum : struct, Enum => value is { } known ? IsRecognized(known, field) : [];

    /// <summary>Not a rule of the resource definition: there the enum says it.</summary>
    public const string UnrecognizedValue = "this version of the operator does not know the value; upgrade the operator or use another value";
}
