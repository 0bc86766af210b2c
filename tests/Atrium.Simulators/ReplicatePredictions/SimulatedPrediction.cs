using System.Text.Json.Nodes;

namespace Atrium.Simulators.ReplicatePredictions;

/// <summary>A prediction and how far it is. One whose stream nobody reads says a third more each time somebody looks.</summary>
internal sealed class SimulatedPrediction(string id, string address, ChatRequest request, Reply reply, bool isStreamed)
{
    private const int Looks = 3;

    private readonly AnswerContent _content = new(request, reply);
    private int _looks;
    private bool _isCancelled;

    public ChatRequest Request => request;

    public Reply Reply => reply;

    /// <summary>True when its stream was read.</summary>
    public bool IsRead { get; set; }

    public JsonObject Begin() => Describe("starting", words: 0);

    public JsonObject Look()
    {
        if (_isCancelled)
            return Describe("canceled", words: 0);
        return IsRead || ++_looks >= Looks ? Finish() : Describe("processing", _content.Words.Count * _looks / Looks);
    }

    public JsonObject Finish()
    {
        var prediction = Describe("succeeded", _content.Words.Count);
        var metrics = new JsonObject { ["predict_time"] = 0.7, ["total_time"] = 0.9 };
        if (reply.UsagePlace is not UsagePlace.Nowhere)
        {
            metrics["input_token_count"] = _content.Usage(_content.Words.Count).Input;
            metrics["output_token_count"] = _content.Usage(_content.Words.Count).Output;
        }
        prediction["metrics"] = metrics;
        return prediction;
    }

    public JsonObject Cancel()
    {
        _isCancelled = true;
        return Describe("canceled", words: 0);
    }

    private JsonObject Describe(string status, int words)
    {
        var addresses = new JsonObject { ["get"] = address, ["cancel"] = address + "/cancel" };
        if (isStreamed)
            addresses["stream"] = address + "/stream";
        return new JsonObject
        {
            ["id"] = id,
            ["model"] = request.Model,
            ["version"] = "simulated",
            ["input"] = new JsonObject(),
            ["output"] = words == 0 ? null : new JsonArray([.. _content.Words.Take(words).Select(word => JsonValue.Create(word))]),
            ["logs"] = "",
            ["error"] = null,
            ["status"] = status,
            ["created_at"] = "2026-01-01T00:00:00Z",
            ["urls"] = addresses,
        };
    }
}
