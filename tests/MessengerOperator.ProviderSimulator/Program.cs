using MessengerOperator.ProviderSimulator;

SimulatorOptions options;
try
{
    options = SimulatorArguments.Parse(args, Environment.GetEnvironmentVariable);
}
catch (FormatException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    await Console.Error.WriteLineAsync(SimulatorArguments.Usage);
    return 2;
}

await using var simulator = await SimulatorApp.StartAsync(options);
Console.WriteLine($"simulator ready: providers on {simulator.ProviderUri}, control on {simulator.ControlUri}");
await simulator.Stopped;
return 0;
