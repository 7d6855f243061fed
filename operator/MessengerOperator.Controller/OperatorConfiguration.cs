namespace MessengerOperator.Controller;

/// <summary>Where the operator's options come from.</summary>
internal static class OperatorConfiguration
{
    /// <summary>
    /// The file named with <c>--config</c>, then environment variables with the prefix <c>MESSENGER_OPERATOR_</c> (<c>MESSENGER_OPERATOR_Logging__Level</c>), then
    /// the command line; the later wins. The file is read once: the chart restarts the operator when it changes.
    /// </summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static void AddOperatorConfiguration(this WebApplicationBuilder builder)
    {
        var file = builder.Configuration["config"];
        if (file is not null)
        {
            builder.Configuration.AddJsonFile(Path.GetFullPath(file), optional: false, reloadOnChange: false);
        }

        builder.Configuration.AddEnvironmentVariables("MESSENGER_OPERATOR_");
        builder.Configuration.AddCommandLine(Environment.GetCommandLineArgs()[1..]);
    }

    /// <summary>Health and metrics listen on <c>Management:Port</c>, 8080 unless told otherwise; 0 takes any free port.</summary>
    public static void AddManagementPort(this WebApplicationBuilder builder)
    {
        var port = builder.Configuration.GetValue("Management:Port", 8080);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ListenAnyIP(port);
        });
    }
}
