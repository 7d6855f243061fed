using MessengerOperator.CrdGenerator;

GeneratorOptions options;
try
{
    options = GeneratorOptions.Parse(args);
}
catch (FormatException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    await Console.Error.WriteLineAsync(GeneratorOptions.Usage);
    return 2;
}

var files = GeneratedFiles.All(options);
return options.Check ? await GeneratedFiles.CompareAsync(files, Console.Error) : await GeneratedFiles.WriteAsync(files, Console.Out);
