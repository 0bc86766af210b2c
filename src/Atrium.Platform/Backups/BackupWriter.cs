using Atrium.Platform.Configuration;

namespace Atrium.Platform.Backups;

public sealed class BackupWriter(HouseSettings settings)
{
    public Task<string> CreateAsync(string reason, CancellationToken cancellation) => Task.FromResult(settings.BackupFolder + reason + cancellation.IsCancellationRequested);
}
