using Atrium.Platform.Backups;
using Atrium.Platform.Configuration;
using Atrium.Platform.Data;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atrium.Platform.Lifecycle;

/// <summary>
/// Opens the house behind the already listening server: migrations (after a backup), then the modules' start tasks, then <c>/ready</c>.
/// While the database is away it tries again each second; whatever else fails ends the process with its reason.
/// </summary>
internal sealed partial class HouseStarter(
    HouseSettings settings,
    Migrator migrator,
    BackupWriter backups,
    IEnumerable<IStartTask> tasks,
    Readiness readiness,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<HouseStarter> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        lifetime.ApplicationStopping.Register(readiness.MarkDraining);
        LogOpening(settings.Environment, settings.DatabaseUrl?.Display ?? "SQLite", settings.DataFolder);
        foreach (var note in settings.Notes)
            LogNote(note);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await migrator.MigrateAsync(() => backups.CreateAsync("before-migration", stoppingToken), stoppingToken);
                foreach (var task in tasks)
                    await task.StartAsync(stoppingToken);
                readiness.MarkReady();
                LogReady();
                return;
            }
            catch (DatabaseUnavailableException exception)
            {
                LogDatabaseAway(exception.InnerException?.Message ?? exception.Message);
                await Task.Delay(Pause, clock, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                await Console.Error.WriteLineAsync($"FATAL {exception.Message}");
                LogRefused(exception);
                Environment.ExitCode = 1;
                lifetime.StopApplication();
                return;
            }
        }
    }

    [LoggerMessage(LogLevel.Information, "Opening the house: {Environment}, database {Database}, data {Folder}")]
    private partial void LogOpening(HouseEnvironment environment, string database, string folder);

    [LoggerMessage(LogLevel.Warning, "{Note}")]
    private partial void LogNote(string note);

    [LoggerMessage(LogLevel.Information, "Ready")]
    private partial void LogReady();

    [LoggerMessage(LogLevel.Critical, "The database is away, trying again: {Reason}")]
    private partial void LogDatabaseAway(string reason);

    [LoggerMessage(LogLevel.Critical, "The house cannot open")]
    private partial void LogRefused(Exception exception);
}
