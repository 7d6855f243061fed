namespace MessengerOperator.Api.Tests.SpecRules;

/// <summary>One row of the table that both the CEL rules and the operator's checks are held against.</summary>
/// <param name="Name">What is wrong, as a sentence.</param>
/// <param name="Asset">The good object it starts from, a file in testassets without its ending.</param>
/// <param name="Change">A merge patch in YAML on its spec; null removes a field.</param>
/// <param name="Broken">The rules it breaks: field as the operator's check names it, text for both.</param>
public sealed record SpecRuleCase(string Name, string Asset, string Change, params (string Field, string Message)[] Broken)
{
    public override string ToString() => Name;
}
