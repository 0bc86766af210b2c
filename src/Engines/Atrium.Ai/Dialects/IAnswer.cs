using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai;

/// <summary>Reads the pieces of one answer. Keeps what only makes sense whole (tool calls, usage, citations), never the text.</summary>
internal interface IAnswer
{
    /// <summary>True after the terminal marker: nothing after it is read.</summary>
    bool IsDone { get; set; }

    /// <summary>True when the provider said why it stopped: the text is whole, even if the line is cut now.</summary>
    bool IsFinished { get; }

    /// <summary>True after the first piece of this format.</summary>
    bool HasBegun { get; }

    /// <summary>Tokens counted so far; null when unknown.</summary>
    UsageDetails? Usage { get; }

    /// <summary>Reads one piece; null when it has nothing to show.</summary>
    /// <exception cref="ProviderException">The piece is an error.</exception>
    ChatResponseUpdate? Read(JsonElement piece);

    /// <summary>Reads an answer that came in one piece.</summary>
    ChatResponseUpdate? ReadWhole(JsonElement answer);

    /// <summary>What is known only at the end.</summary>
    /// <exception cref="ProviderException"><see cref="ProviderErrorKind.Truncated"/> when the end never came.</exception>
    ChatResponseUpdate End();
}
