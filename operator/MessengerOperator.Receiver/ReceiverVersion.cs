using System.Reflection;

namespace MessengerOperator.Receiver;

/// <summary>The version of this build.</summary>
internal static class ReceiverVersion
{
    /// <summary>For example <c>0.1.0</c>.</summary>
    public static string Text { get; } =
        typeof(ReceiverVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
