using System.Text.Json;
using Atrium.Ai.OpenAiChat;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.CohereChat;

/// <summary>Writes the body of a chat call.</summary>
internal static class CohereRequest
{
    public const string Thinking = "thinking";
    public const string ToolChoice = "tool_choice";
    public const string Format = "response_format";

    private const int MostStops = 5;

    /// <summary>Fields that callers may add; the service refuses any it does not know.</summary>
    private static readonly HashSet<string> Additional = new(StringComparer.Ordinal) { "documents", "citation_options", "safety_mode", "strict_tools", "priority" };

    public static ReadOnlyMemory<byte> Write(ProviderCall call, bool stream, IReadOnlySet<string> refused) => RequestJson.Write(json =>
    {
        json.WriteString("model", call.Model);
        new OpenAiChatMessages(json, call) { OmitsEmptyContent = true, WritesToolPlan = true, OnlyTextAndImages = true }.Write();
        json.WriteBoolean("stream", stream);
        WriteSampling(json, call);
        WriteTools(json, call, refused);
        WriteFormat(json, call, refused);
        WriteThinking(json, call.Options, refused);
        json.WriteAdditional(call.Options, Additional.Contains);
    });

    private static void WriteSampling(Utf8JsonWriter json, ProviderCall call)
    {
        var options = call.Options;
        if (options.MaxOutputTokens is { } limit)
            json.WriteNumber("max_tokens", limit);
        json.WriteNumber("temperature", options.Temperature);
        json.WriteNumber("p", options.TopP);
        if (options.TopK is { } topK)
            json.WriteNumber("k", Math.Clamp(topK, 0, 500));
        if (options.Seed is >= 0 and { } seed)
            json.WriteNumber("seed", seed);
        json.WriteNumber("frequency_penalty", options.FrequencyPenalty);
        json.WriteNumber("presence_penalty", options.PresencePenalty);
        json.WriteTexts("stop_sequences", options.StopSequences is { Count: > MostStops } many ? [.. many.Take(MostStops)] : options.StopSequences);
    }

    /// <summary>This format can demand a call, but none by name: of one demanded by name only that tool is offered.</summary>
    private static void WriteTools(Utf8JsonWriter json, ProviderCall call, IReadOnlySet<string> refused)
    {
        var named = (call.Options.ToolMode as RequiredChatToolMode)?.RequiredFunctionName;
        var tools = RequestJson.Functions(call).Where(tool => named is null || tool.Name == named).ToList();
        if (tools.Count == 0)
            return;
        json.WriteStartArray("tools");
        foreach (var tool in tools)
            OpenAiChatRequest.WriteTool(json, tool);
        json.WriteEndArray();
        // Strict for one is strict for all here.
        if (tools.Exists(tool => Extras.Strict(tool) is true) && call.Options.AdditionalProperties?.ContainsKey("strict_tools") is not true)
            json.WriteBoolean("strict_tools", true);
        if (!refused.Contains(ToolChoice) && call.Options.ToolMode is NoneChatToolMode or RequiredChatToolMode)
            json.WriteString(ToolChoice, call.Options.ToolMode is NoneChatToolMode ? "NONE" : "REQUIRED");
    }

    private static void WriteFormat(Utf8JsonWriter json, ProviderCall call, IReadOnlySet<string> refused)
    {
        if (call.Options.ResponseFormat is not ChatResponseFormatJson format || refused.Contains(Format))
            return;
        json.WriteStartObject(Format);
        json.WriteString("type", "json_object");
        if (format.Schema is { } schema)
        {
            json.WritePropertyName("json_schema");
            schema.WriteTo(json);
        }
        json.WriteEndObject();
    }

    private static void WriteThinking(Utf8JsonWriter json, ChatOptions options, IReadOnlySet<string> refused)
    {
        if (options.Reasoning?.Effort is not { } effort || refused.Contains(Thinking))
            return;
        json.WriteStartObject(Thinking);
        json.WriteString("type", effort is ReasoningEffort.None ? "disabled" : "enabled");
        json.WriteEndObject();
    }
}
