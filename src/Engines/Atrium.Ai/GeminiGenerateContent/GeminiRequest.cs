using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.GeminiGenerateContent;

/// <summary>Writes the body of a generateContent call.</summary>
internal static class GeminiRequest
{
    public const string Thinking = "thinkingConfig";
    public const string Penalties = "penalties";
    public const string SystemInstruction = "systemInstruction";
    public const string Format = "responseJsonSchema";

    /// <summary>Fields that callers may add; the service refuses any it does not know.</summary>
    private static readonly HashSet<string> Additional = new(StringComparer.Ordinal) { "safetySettings", "cachedContent", "labels" };

    public static ReadOnlyMemory<byte> Write(ProviderCall call, IReadOnlySet<string> refused) => RequestJson.Write(json =>
    {
        new GeminiContents(json, call, refused).Write();
        WriteTools(json, call);
        WriteConfiguration(json, call, refused);
        json.WriteAdditional(call.Options, name => Additional.Contains(name) && !refused.Contains(name));
    });

    private static void WriteTools(Utf8JsonWriter json, ProviderCall call)
    {
        var tools = RequestJson.Functions(call);
        if (tools.Count == 0)
            return;
        json.WriteStartArray("tools");
        json.WriteStartObject();
        json.WriteStartArray("functionDeclarations");
        foreach (var tool in tools)
        {
            json.WriteStartObject();
            json.WriteString("name", tool.Name);
            json.WriteString("description", tool.Description);
            json.WritePropertyName("parametersJsonSchema");
            tool.JsonSchema.WriteTo(json);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        WriteToolChoice(json, call.Options);
    }

    private static void WriteToolChoice(Utf8JsonWriter json, ChatOptions options)
    {
        json.WriteStartObject("toolConfig");
        json.WriteStartObject("functionCallingConfig");
        json.WriteString("mode", options.ToolMode switch { NoneChatToolMode => "NONE", RequiredChatToolMode => "ANY", _ => "AUTO" });
        if (options.ToolMode is RequiredChatToolMode { RequiredFunctionName: { } name })
            json.WriteTexts("allowedFunctionNames", [name]);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteConfiguration(Utf8JsonWriter json, ProviderCall call, IReadOnlySet<string> refused)
    {
        var options = call.Options;
        json.WriteStartObject("generationConfig");
        json.WriteNumber("temperature", options.Temperature);
        json.WriteNumber("topP", options.TopP);
        if (options.TopK is { } topK && !refused.Contains("topK"))
            json.WriteNumber("topK", topK);
        if (options.MaxOutputTokens is { } limit)
            json.WriteNumber("maxOutputTokens", Math.Min(limit, call.Provider.Deviations.MaxOutputTokens ?? limit));
        json.WriteTexts("stopSequences", options.StopSequences);
        if (options.Seed is >= int.MinValue and <= int.MaxValue and { } seed && !refused.Contains("seed"))
            json.WriteNumber("seed", seed);
        if (!refused.Contains(Penalties))
        {
            json.WriteNumber("presencePenalty", options.PresencePenalty);
            json.WriteNumber("frequencyPenalty", options.FrequencyPenalty);
        }
        WriteFormat(json, call, refused);
        WriteThinking(json, call, refused);
        json.WriteEndObject();
    }

    private static void WriteFormat(Utf8JsonWriter json, ProviderCall call, IReadOnlySet<string> refused)
    {
        if (call.Options.ResponseFormat is not ChatResponseFormatJson format || refused.Contains(Format))
            return;
        json.WriteString("responseMimeType", "application/json");
        if (format.Schema is not { } schema || !call.Provider.Capabilities.JsonSchema)
            return;
        json.WritePropertyName("responseJsonSchema");
        schema.WriteTo(json);
    }

    /// <summary>Models up to 2.5 take a budget, later ones a level; neither takes both.</summary>
    private static void WriteThinking(Utf8JsonWriter json, ProviderCall call, IReadOnlySet<string> refused)
    {
        if (call.Options.Reasoning is not { } reasoning || refused.Contains(Thinking))
            return;
        json.WriteStartObject("thinkingConfig");
        if (reasoning.Effort is { } effort && call.Model.Contains("gemini-2", StringComparison.OrdinalIgnoreCase))
            json.WriteNumber("thinkingBudget", Budget(effort));
        else if (reasoning.Effort is { } level)
            json.WriteString("thinkingLevel", Level(level));
        if (reasoning.Effort is not ReasoningEffort.None && reasoning.Output is not ReasoningOutput.None)
            json.WriteBoolean("includeThoughts", true);
        json.WriteEndObject();
    }

    private static int Budget(ReasoningEffort effort) => effort switch
    {
        ReasoningEffort.None => 0,
        ReasoningEffort.Low => 2_048,
        ReasoningEffort.Medium => 8_192,
        _ => 24_576,
    };

    private static string Level(ReasoningEffort effort) => effort switch
    {
        ReasoningEffort.None => "MINIMAL",
        ReasoningEffort.Low => "LOW",
        ReasoningEffort.Medium => "MEDIUM",
        _ => "HIGH",
    };
}
