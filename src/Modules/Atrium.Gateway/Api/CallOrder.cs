using System.Text;
using System.Text.Json;
using Atrium.Ai;

namespace Atrium.Gateway.Api;

/// <summary>What becomes of a piece of a tool call.</summary>
internal enum CallStep
{
    /// <summary>It begins a call.</summary>
    Begin,

    /// <summary>It goes on with the open call.</summary>
    Continue,

    /// <summary>Its call comes whole at the end: another one was still open when it began.</summary>
    Hold,
}

/// <summary>
/// Formats whose calls follow each other want one call at a time, while some providers send pieces of several in turns: the open one is passed on as it
/// comes, the others wait for their end.
/// </summary>
internal sealed class CallOrder
{
    private readonly HashSet<string> ended = new(StringComparer.Ordinal);
    private readonly HashSet<string> held = new(StringComparer.Ordinal);
    private readonly StringBuilder text = new();
    private string? open;

    /// <summary>The arguments of the open call so far.</summary>
    public string Text => text.ToString();

    public CallStep Take(ToolCallPiece piece)
    {
        if (piece.CallId == open)
        {
            text.Append(piece.Arguments);
            return CallStep.Continue;
        }
        if (held.Contains(piece.CallId) || ended.Contains(piece.CallId) || (open is not null && !IsWhole(Text)))
        {
            held.Add(piece.CallId);
            return CallStep.Hold;
        }
        if (open is not null)
            ended.Add(open);
        open = piece.CallId;
        text.Clear().Append(piece.Arguments);
        return CallStep.Begin;
    }

    /// <returns>True when the call is open and ends now.</returns>
    public bool End(string callId)
    {
        if (open != callId)
            return false;
        ended.Add(callId);
        open = null;
        return true;
    }

    /// <returns>True when a call was passed on in pieces, to its end.</returns>
    public bool HasPassed(string callId) => ended.Contains(callId);

    private static bool IsWhole(string json)
    {
        try
        {
            JsonDocument.Parse(json).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
