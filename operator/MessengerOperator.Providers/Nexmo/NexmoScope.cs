using MessengerOperator.Providers.Accounts;

namespace MessengerOperator.Providers.Nexmo;

/// <summary>What one webhook registration covers. Written into the ledger as <see cref="RegistrationScope.Name"/> and read back from it.</summary>
internal abstract record NexmoScope
{
    private const string NumberPrefix = "number/";
    private const string ApplicationPrefix = "application/";

    private NexmoScope()
    {
    }

    /// <summary>The scopes of an account with these settings.</summary>
    public static IReadOnlyList<RegistrationScope> Of(NexmoSettings settings) => settings switch
    {
        { IsMessages: true, ApplicationId: { } id } => [new(ApplicationPrefix + id)],
        { IsSms: true, Numbers: { Count: > 0 } numbers } => [.. numbers.Select(number => new RegistrationScope($"{NumberPrefix}{number.Country}/{number.Msisdn}"))],
        _ => RegistrationScope.AccountOnly,
    };

    /// <summary>Reads a scope's name; null for one that this provider never wrote.</summary>
    public static NexmoScope? Read(RegistrationScope scope)
    {
        if (scope.Name is not { } name)
        {
            return new Account();
        }

        if (name.StartsWith(ApplicationPrefix, StringComparison.Ordinal))
        {
            return new Application(name[ApplicationPrefix.Length..]);
        }

        return name.StartsWith(NumberPrefix, StringComparison.Ordinal) && name[NumberPrefix.Length..].Split('/') is [var country, var msisdn]
            ? new Number(new(country, msisdn))
            : null;
    }

    /// <summary>Mode Sms: every number without a webhook of its own.</summary>
    public sealed record Account : NexmoScope;

    /// <summary>Mode Sms: one number, <c>number/GB/447700900000</c>.</summary>
    public sealed record Number(NexmoNumber Value) : NexmoScope;

    /// <summary>Mode Messages: one application, <c>application/{id}</c>.</summary>
    public sealed record Application(string Id) : NexmoScope;
}
