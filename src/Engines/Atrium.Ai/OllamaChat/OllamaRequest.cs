using System.Text.Json;
using Atrium.Ai.OpenAiChat;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.OllamaChat;

/// <summary>Writes the body of a chat call.</summary>
internal static class OllamaRequest
{
    public const string Think = "think";

    /// <summary>Settings of a model that callers may add.</summary>
    private static readonly HashSet<string> Settings = new(StringComparer.Ordinal) { "num_ctx", "num_keep", "min_p", "typical_p", "repeat_penalty", "repeat_last_n" };

    public static ReadOnlyMemory<byte> Write(ProviderCall call, bool stream, IReadOnlySet<string> refused) => RequestJson.Write(json =>
    {
        json.WriteString("model", call.Model);
        new OllamaMessages(json, call).Write();
        json.WriteBoolean("stream", stream);
        WriteThink(json, call, refused);
        WriteFormat(json, call);
        WriteTools(json, call);
        WriteOptions(json, call);
        json.WriteAdditional(call.Options, name => name is "keep_alive");
    });

    /// <summary>gpt-oss takes a level and cannot be told to stop thinking; other models take yes or no.</summary>
    private static void WriteThink(Utf8JsonWriter json, ProviderCall call, IReadOnlySet<string> refused)
    {
        if (call.Options.Reasoning?.Effort is not { } effort || refused.Contains(Think))
            return;
        if (call.Model.Contains("gpt-oss", StringComparison.OrdinalIgnoreCase))
            json.WriteString(Think, effort switch { ReasoningEffort.None or ReasoningEffort.Low => "low", ReasoningEffort.Medium => "medium", _ => "high" });
        else
            json.WriteBoolean(Think, effort is not ReasoningEffort.None);
    }

    private static void WriteFormat(Utf8JsonWriter json, ProviderCall call)
    {
        if (call.Options.ResponseFormat is not ChatResponseFormatJson format)
            return;
        json.WritePropertyName("format");
        if (format.Schema is { } schema && call.Provider.Capabilities.JsonSchema)
            schema.WriteTo(json);
        else
            json.WriteStringValue("json");
    }

    private static void WriteTools(Utf8JsonWriter json, ProviderCall call)
    {
        // This format cannot forbid or demand a call: where none is wanted, none is offered.
        var tools = call.Options.ToolMode is NoneChatToolMode ? [] : RequestJson.Functions(call);
        if (tools.Count == 0)
            return;
        json.WriteStartArray("tools");
        foreach (var tool in tools)
            OpenAiChatRequest.WriteTool(json, tool);
        json.WriteEndArray();
    }

    private static void WriteOptions(Utf8JsonWriter json, ProviderCall call)
    {
        var options = call.Options;
        json.WriteStartObject("options");
        if (options.MaxOutputTokens is { } limit)
            json.WriteNumber("num_predict", Math.Min(limit, call.Provider.Deviations.MaxOutputTokens ?? limit));
        json.WriteNumber("temperature", options.Temperature);
        json.WriteNumber("top_p", options.TopP);
        if (options.TopK is { } topK)
            json.WriteNumber("top_k", topK);
        json.WriteNumber("presence_penalty", options.PresencePenalty);
        json.WriteNumber("frequency_penalty", options.FrequencyPenalty);
        if (options.Seed is { } seed)
            json.WriteNumber("seed", seed);
        json.WriteTexts("stop", options.StopSequences);
        json.WriteAdditional(options, Settings.Contains);
        json.WriteEndObject();
    }
}
