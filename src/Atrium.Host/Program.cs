using Atrium.Host;
using Atrium.Platform.Configuration;

try
{
    var settings = SettingsLoader.FromEnvironment(Directory.GetCurrentDirectory());
    Directory.CreateDirectory(settings.DataFolder);
    await using var app = House.Build(settings);
    await app.RunAsync();
    return Environment.ExitCode;
}
catch (SettingsException exception)
{
    foreach (var error in exception.Errors)
        await Console.Error.WriteLineAsync("FATAL configuration: " + error);
    return 1;
}
