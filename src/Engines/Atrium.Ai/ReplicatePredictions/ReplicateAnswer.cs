using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.ReplicatePredictions;

/// <summary>Reads the events of a prediction's stream. What is known only at the end, the prediction says.</summary>
internal sealed class ReplicateAnswer(Prediction prediction, ProviderExchange exchange) : IAnswer
{
    public bool IsDone { get; set; }

    public bool IsFinished => IsDone;

    public bool HasBegun { get; private set; }

    public UsageDetails? Usage => null;

    public ChatResponseUpdate? Read(JsonElement piece)
    {
        foreach (var member in piece.EnumerateObject())
        {
            HasBegun = true;
            var text = Json.Text(member.Value) ?? "";
            switch (member.Name)
            {
                case "output" when text.Length > 0:
                    return prediction.Update(new TextContent(text));
                case "error":
                    throw prediction.Failed(text);
                case "done":
                    ReadEnd(text);
                    break;
            }
        }
        return null;
    }

    public ChatResponseUpdate? ReadWhole(JsonElement answer)
    {
        HasBegun = true;
        var update = prediction.ReadObject(answer);
        IsDone = prediction.IsOver;
        return update;
    }

    public ChatResponseUpdate End() => IsDone ? prediction.Update() : throw exchange.Truncated();

    /// <summary>The last event may say that there was no good end.</summary>
    private void ReadEnd(string text)
    {
        if (text.Contains("\"reason\"", StringComparison.Ordinal))
            throw prediction.Failed(text.Contains("cancel", StringComparison.Ordinal) ? "the prediction was cancelled" : null);
        IsDone = prediction.IsOver = true;
    }
}
