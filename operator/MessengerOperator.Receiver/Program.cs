using System.Net.Sockets;
using MessengerOperator.Receiver;
using MessengerOperator.Receiver.Commands;
using MessengerOperator.Receiver.Configuration;

if (args is [DeadLettersCommand.Name, ..])
{
    return await DeadLettersCommand.RunAsync(args[1..], Console.Out, Console.Error);
}

if (args.Contains("--help") || args.Contains("-h"))
{
    Console.Out.Write(CommandLine.Help());
    return 0;
}

if (args.Contains("--version"))
{
    Console.Out.WriteLine(ReceiverVersion.Text);
    return 0;
}

var (options, problems) = CommandLine.Parse(args, Environment.GetEnvironmentVariables());
if (problems.Count > 0)
{
    return Refuse(problems, exitCode: 2);
}

await using var application = ReceiverApplication.Build(options);
problems = application.Services.GetRequiredService<ConfigurationWatcher>().LoadFirst();
if (problems.Count > 0)
{
    return Refuse([.. problems.Select(problem => $"{options.ConfigPath}: {problem}")], exitCode: 1);
}

try
{
    await application.StartAsync();
}
catch (Exception exception) when (exception is IOException or SocketException)
{
    return Refuse([$"{options.ListenAddress}, ports {options.TrafficPort} and {options.ManagementPort}: cannot be listened on: {exception.GetBaseException().Message}"], exitCode: 1);
}

// What only the start needed, 4 MiB, is given back: most receivers of a fleet wait most of the time, and no collection would come by itself.
GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
await application.WaitForShutdownAsync();
return 0;

static int Refuse(IReadOnlyList<string> problems, int exitCode)
{
    foreach (var problem in problems)
    {
        Console.Error.WriteLine($"messenger-receiver: {problem}");
    }

    return exitCode;
}
