using System.Text.Json;

namespace Atrium.Simulators;

/// <summary>Requests for vectors and pictures: the first text of a field is the prompt, whose magic words make them fail as chat does.</summary>
internal static class Media
{
    /// <summary>The body; null when the fault has answered already.</summary>
    public static async Task<JsonElement?> ReadAsync(HttpContext http, IWire wire, Simulation simulation, string field)
    {
        using var json = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        var root = json.RootElement.Clone();
        var prompt = root.TryGetProperty(field, out var value) && value.ValueKind is JsonValueKind.Array && value.GetArrayLength() > 0 ? value[0] : value;
        var words = prompt.ValueKind is JsonValueKind.String ? prompt.GetString()! : "";
        var model = ChatRequest.Text(root, "model");
        if (model?.StartsWith("missing", StringComparison.Ordinal) is true)
        {
            await wire.RefuseAsync(http, new RefusedRequestException($"The model `{model}` does not exist or you do not have access to it.", "model", "model_not_found", 404));
            return null;
        }
        var reply = simulation.Take(words);
        if (reply.FirstByteSeconds is > 0)
            await Task.Delay(TimeSpan.FromSeconds(reply.FirstByteSeconds.Value), simulation.Clock, http.RequestAborted);
        var request = new ChatRequest { Model = model ?? "", Prompt = words, InputTokens = 0, Images = 0 };
        return await Faults.AnswerAsync(http, reply, request, wire) ? null : root;
    }
}
