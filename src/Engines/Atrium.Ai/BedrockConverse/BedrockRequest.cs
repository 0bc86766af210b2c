using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.BedrockConverse;

/// <summary>Writes the body of a Converse call. Model and stream are in its address.</summary>
internal static class BedrockRequest
{
    private const int LowestBudget = 1_024;

    /// <summary>Fields that callers may add; the service refuses any it does not know.</summary>
    private static readonly HashSet<string> Additional = new(StringComparer.Ordinal) { "guardrailConfig", "performanceConfig", "requestMetadata" };

    public static ReadOnlyMemory<byte> Write(ProviderCall call, IReadOnlySet<string> refused) => RequestJson.Write(json =>
    {
        var conversation = new BedrockConversation(json, call, refused);
        conversation.Write();
        var thinks = WriteOwnFields(json, call, refused);
        WriteInference(json, call.Options, thinks, refused);
        WriteTools(json, call, conversation.CalledTools, refused);
        if (Extras.Word(call.Options.AdditionalProperties, RequestKeys.ServiceTier) is { } tier and not "auto")
        {
            json.WriteStartObject("serviceTier");
            json.WriteString("type", tier);
            json.WriteEndObject();
        }
        json.WriteAdditional(call.Options, Additional.Contains);
    });

    /// <summary>True when the model is one of a maker's, called by its own name or by a profile's.</summary>
    public static bool IsBy(ProviderCall call, string maker) => call.Model.Contains(maker + ".", StringComparison.OrdinalIgnoreCase);

    private static void WriteInference(Utf8JsonWriter json, ChatOptions options, bool thinks, IReadOnlySet<string> refused)
    {
        json.WriteStartObject("inferenceConfig");
        if (options.MaxOutputTokens is { } limit)
            json.WriteNumber("maxTokens", limit);
        // A model that thinks takes neither of these.
        if (!thinks && !refused.Contains("temperature"))
            json.WriteNumber("temperature", options.Temperature is { } temperature ? Math.Clamp(temperature, 0, 1) : null);
        if (!thinks && !refused.Contains("topP"))
            json.WriteNumber("topP", options.TopP);
        if (!refused.Contains("stopSequences"))
            json.WriteTexts("stopSequences", options.StopSequences);
        json.WriteEndObject();
    }

    /// <summary>What only the models of one maker know goes in their own words. True when the model is asked to think.</summary>
    private static bool WriteOwnFields(Utf8JsonWriter json, ProviderCall call, IReadOnlySet<string> refused)
    {
        var budget = IsBy(call, "anthropic") ? Budget(call.Options) : null;
        var effort = IsBy(call, "openai") ? Effort(call.Options) : null;
        var topK = budget is null && IsBy(call, "anthropic") ? call.Options.TopK : null;
        if (refused.Contains(BedrockRefusals.OwnFields) || (budget is null && effort is null && topK is null))
            return false;
        json.WriteStartObject(BedrockRefusals.OwnFields);
        if (topK is { } most)
            json.WriteNumber("top_k", most);
        if (effort is not null)
            json.WriteString("reasoning_effort", effort);
        if (budget is { } tokens)
        {
            json.WriteStartObject("thinking");
            json.WriteString("type", "enabled");
            json.WriteNumber("budget_tokens", tokens);
            json.WriteEndObject();
        }
        json.WriteEndObject();
        return budget is not null;
    }

    private static int? Budget(ChatOptions options)
    {
        int? budget = options.Reasoning?.Effort switch
        {
            null or ReasoningEffort.None => null,
            ReasoningEffort.Low => 2_048,
            ReasoningEffort.Medium => 6_144,
            ReasoningEffort.High => 12_288,
            _ => 24_576,
        };
        budget = options.MaxOutputTokens is { } limit && budget >= limit ? limit - 1 : budget;
        return budget >= LowestBudget ? budget : null;
    }

    private static string? Effort(ChatOptions options) => options.Reasoning?.Effort switch
    {
        null => null,
        ReasoningEffort.None or ReasoningEffort.Low => "low",
        ReasoningEffort.Medium => "medium",
        _ => "high",
    };

    /// <summary>A conversation with calls in it is refused unless their tools are declared, even those nobody offers any more.</summary>
    private static void WriteTools(Utf8JsonWriter json, ProviderCall call, IReadOnlyCollection<string> called, IReadOnlySet<string> refused)
    {
        // This format cannot forbid a call: where none is wanted, none is offered but those that were made.
        var isForbidden = call.Options.ToolMode is NoneChatToolMode;
        var offered = RequestJson.Functions(call).Where(tool => !isForbidden || called.Contains(tool.Name)).ToList();
        var gone = called.Except(offered.Select(tool => tool.Name), StringComparer.Ordinal).ToList();
        if (offered.Count == 0 && gone.Count == 0)
            return;
        json.WriteStartObject("toolConfig");
        json.WriteStartArray("tools");
        foreach (var tool in offered)
            WriteTool(json, tool.Name, tool.Description, tool.JsonSchema, Extras.Strict(tool));
        foreach (var name in gone)
            WriteTool(json, name, "Not available any more.", schema: null);
        json.WriteEndArray();
        if (offered.Count > 0 && !refused.Contains(BedrockRefusals.ToolChoice))
            WriteToolChoice(json, call.Options.ToolMode);
        json.WriteEndObject();
    }

    private static void WriteTool(Utf8JsonWriter json, string name, string description, JsonElement? schema, bool? strict = null)
    {
        json.WriteStartObject();
        json.WriteStartObject("toolSpec");
        json.WriteString("name", name);
        if (description.Length > 0)
            json.WriteString("description", description);
        json.WriteStartObject("inputSchema");
        json.WritePropertyName("json");
        if (schema is { } known)
            known.WriteTo(json);
        else
            json.WriteRawValue("""{"type":"object","properties":{}}""");
        json.WriteEndObject();
        if (strict is true)
            json.WriteBoolean("strict", true);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteToolChoice(Utf8JsonWriter json, ChatToolMode? mode)
    {
        if (mode is not RequiredChatToolMode required)
            return;
        json.WriteStartObject("toolChoice");
        json.WriteStartObject(required.RequiredFunctionName is null ? "any" : "tool");
        if (required.RequiredFunctionName is { } name)
            json.WriteString("name", name);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
