namespace Atrium.Ai;

/// <summary>A framing: how the pieces of a streamed answer lie in its bytes.</summary>
internal interface IPieceReader : IDisposable
{
    /// <summary>The current piece, valid until the next read.</summary>
    ReadOnlyMemory<byte> Data { get; }

    /// <summary>True when the current piece is the last one and nothing closed it: it may be cut.</summary>
    bool IsUnclosed { get; }

    /// <summary>True when something came that this framing does not have: the body is something else.</summary>
    bool HasForeignLines { get; }

    /// <summary>Goes to the next piece; false at the end.</summary>
    ValueTask<bool> ReadAsync();
}
