using Microsoft.Extensions.AI;

namespace Atrium.Ai;

/// <summary>
/// A piece of a tool call while it is still being made, for callers that asked with <see cref="RequestKeys.ToolPieces"/>. The whole call follows as a
/// <see cref="FunctionCallContent"/> at the end of the answer.
/// </summary>
/// <param name="callId">The same as that of the whole call.</param>
/// <param name="callName">The tool's name; known from the first piece on.</param>
/// <param name="arguments">What the text of the arguments has gained; empty when the call has only begun.</param>
public sealed class ToolCallPiece(string callId, string callName, string arguments) : AIContent
{
    /// <summary>The same as that of the whole call.</summary>
    public string CallId { get; } = callId;

    /// <summary>The tool's name.</summary>
    public string Name { get; } = callName;

    /// <summary>What the text of the arguments has gained.</summary>
    public string Arguments { get; } = arguments;
}
