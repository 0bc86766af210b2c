namespace Atrium.Platform.Lifecycle;

/// <summary>Work a module must finish after the migrations and before <c>/ready</c> answers: check keys, mark what was interrupted.</summary>
public interface IStartTask
{
    /// <exception cref="StartRefusedException">The house must not open.</exception>
    Task StartAsync(CancellationToken cancellation);
}

/// <summary>The house must not open, and trying again will not help. The process ends with this message.</summary>
public sealed class StartRefusedException(string message) : Exception(message);
