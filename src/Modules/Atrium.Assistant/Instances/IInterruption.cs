namespace Atrium.Assistant.Instances;

/// <summary>Work that belongs to one server and must be marked when that server is gone: answers, imports.</summary>
internal interface IInterruption
{
    /// <param name="alive">The servers whose work goes on.</param>
    Task MarkAsync(IReadOnlySet<Guid> alive, CancellationToken cancellation);
}
