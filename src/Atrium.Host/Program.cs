using System.CommandLine;
using Atrium.Host.Commands;
using Atrium.Platform.Configuration;

var root = new RootCommand("Atrium, a self-hosted AI home. Without a command it runs the house.")
{
    RunCommand.Create(),
    DoctorCommand.Create(),
    BackupCommand.Create(),
    VaultCommand.Create(),
    AuditCommand.Create(),
    SettingsCommand.Create(),
    HealthCommand.Create(),
    EditsCommand.Create(),
    LaughterCommand.Create(),
};
root.SetAction((_, cancellation) => RunCommand.RunAsync(cancellation));
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (SettingsException exception)
{
    foreach (var error in exception.Errors)
        await Console.Error.WriteLineAsync("FATAL configuration: " + error);
    return 1;
}
