using System.Reflection;

namespace MessengerOperator.EndToEndTests;

/// <summary>The working tree that these tests were built from.</summary>
internal static class Repository
{
    private static readonly string Root = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>The absolute path of a file or folder, given from the root.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative);
}
