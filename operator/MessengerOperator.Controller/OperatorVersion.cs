using System.Reflection;

namespace MessengerOperator.Controller;

/// <summary>The version of this build.</summary>
internal static class OperatorVersion
{
    /// <summary>For example <c>0.1.0</c>.</summary>
    public static string Text { get; } =
        typeof(OperatorVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
