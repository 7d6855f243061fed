namespace MessengerOperator.ProviderSimulator.Accounts;

/// <summary>One name among a provider's account settings.</summary>
/// <param name="Name">In camelCase, such as <c>appSecret</c>.</param>
/// <param name="Default">The value when nobody gives one.</param>
/// <param name="Refusal">Why a value cannot be, as the end of a sentence; null for one that can. Without it every text can.</param>
internal sealed record SettingKey(string Name, string Default, Func<string, string?>? Refusal = null)
{
    public const string True = "true";
    public const string False = "false";

    /// <summary>A switch.</summary>
    public static SettingKey Switch(string name, bool on) =>
        new(name, on ? True : False, value => value is True or False ? null : "is true or false");
}
