using System.Reflection;

namespace MessengerOperator.TestKit;

/// <summary>The working tree that the tests were built from.</summary>
public static class Repository
{
    private static readonly string Root = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>The absolute path of a file or folder, given from the root.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative);
}
