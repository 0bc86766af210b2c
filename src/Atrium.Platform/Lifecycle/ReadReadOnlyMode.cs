namespace Atrium.Platform.Lifecycle;

/// <summary>A house that was stopped from changing before a restart does not change after it either.</summary>
internal sealed class ReadReadOnlyMode(ReadOnlyMode mode) : IStartTask
{
    public Task StartAsync(CancellationToken cancellation) => mode.LookAsync(cancellation);
}
