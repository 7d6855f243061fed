using MessengerOperator.Bench.Receiver.Verify;
using MessengerOperator.Receiver;
using MessengerOperator.Receiver.Configuration;
using MessengerOperator.Receiver.Intake;

// The receiver up to the point where an event would be made safe: verify, parse, write the CloudEvent's data, answer. For the benchmark only.
var (options, problems) = CommandLine.Parse(args, Environment.GetEnvironmentVariables());
await using var application = ReceiverApplication.Build(options, services => services.AddSingleton<IEventStore, DroppingEventStore>());
problems = [.. problems, .. application.Services.GetRequiredService<ConfigurationWatcher>().LoadFirst()];
if (problems.Count > 0)
{
    await Console.Error.WriteLineAsync(string.Join('\n', problems));
    return 1;
}

await application.RunAsync();
return 0;
