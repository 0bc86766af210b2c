using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.AnthropicMessages;

/// <summary>Writes the body of a Messages call.</summary>
internal static class AnthropicRequest
{
    private const int LowestBudget = 1024;

    private static readonly AIJsonSchemaTransformOptions Closed = new() { DisallowAdditionalProperties = true, ConvertBooleanSchemas = true };

    public static ReadOnlyMemory<byte> Write(ProviderCall call, bool stream, int maxTokens, IReadOnlySet<string> refused) => RequestJson.Write(json =>
    {
        json.WriteString("model", call.Model);
        json.WriteNumber("max_tokens", maxTokens);
        new AnthropicConversation(json, call, refused).Write();
        json.WriteBoolean("stream", stream);
        var thinks = WriteThinking(json, call.Options, maxTokens, refused);
        WriteSampling(json, call.Options, thinks, refused);
        WriteTools(json, call);
        WriteOutput(json, call, thinks, refused);
        WriteCaller(json, call.Options);
        WriteOwnFields(json, call.Options, refused);
    });

    /// <summary>Whom the call is for, and how soon.</summary>
    private static void WriteCaller(Utf8JsonWriter json, ChatOptions options)
    {
        if ((Extras.Word(options.AdditionalProperties, RequestKeys.User) ?? Extras.Word(options.AdditionalProperties, "safety_identifier")) is { } user)
        {
            json.WriteStartObject("metadata");
            json.WriteString("user_id", user);
            json.WriteEndObject();
        }
        if (Extras.Word(options.AdditionalProperties, RequestKeys.ServiceTier) is { } tier)
            json.WriteString("service_tier", tier is "default" ? "standard_only" : "auto");
    }

    /// <summary>Fields of this format as the caller wrote them.</summary>
    private static void WriteOwnFields(Utf8JsonWriter json, ChatOptions options, IReadOnlySet<string> refused)
    {
        foreach (var (name, value) in options.AdditionalProperties ?? [])
        {
            if (!name.StartsWith(RequestKeys.AnthropicField, StringComparison.Ordinal) || value is not JsonElement element || refused.Contains(name[RequestKeys.AnthropicField.Length..]))
                continue;
            json.WritePropertyName(name[RequestKeys.AnthropicField.Length..]);
            element.WriteTo(json);
        }
    }

    /// <summary>The schema of the answer when the service is to hold the model to it, else null.</summary>
    public static JsonElement? Schema(ProviderCall call, IReadOnlySet<string> refused) =>
        call.Options.ResponseFormat is ChatResponseFormatJson { Schema: { } schema } && call.Provider.Capabilities.JsonSchema && !refused.Contains(AnthropicRefusals.Format)
            ? AIJsonUtilities.TransformSchema(schema, Closed)
            : null;

    /// <summary>True when the model is asked to think.</summary>
    private static bool WriteThinking(Utf8JsonWriter json, ChatOptions options, int maxTokens, IReadOnlySet<string> refused)
    {
        if (options.Reasoning?.Effort is not { } effort || refused.Contains(AnthropicRefusals.Thinking))
            return false;
        var budget = Math.Min(Budget(effort), maxTokens - 1);
        if (effort is ReasoningEffort.None || (refused.Contains(AnthropicRefusals.Adaptive) && budget < LowestBudget))
        {
            json.WriteStartObject("thinking");
            json.WriteString("type", "disabled");
            json.WriteEndObject();
            return false;
        }
        if (Extras.Object(options.AdditionalProperties, RequestKeys.Thinking) is { } own && !refused.Contains(AnthropicRefusals.Adaptive) && !(Json.Integer(own, "budget_tokens") >= maxTokens))
        {
            json.WritePropertyName("thinking");
            own.WriteTo(json);
            return true;
        }
        json.WriteStartObject("thinking");
        if (refused.Contains(AnthropicRefusals.Adaptive))
        {
            json.WriteString("type", "enabled");
            json.WriteNumber("budget_tokens", budget);
        }
        else
        {
            json.WriteString("type", "adaptive");
            json.WriteString("display", options.Reasoning.Output is ReasoningOutput.None ? "omitted" : "summarized");
        }
        json.WriteEndObject();
        return true;
    }

    /// <summary>Tokens for models that are told a budget instead of an effort.</summary>
    private static int Budget(ReasoningEffort effort) => effort switch
    {
        ReasoningEffort.Low => 2_048,
        ReasoningEffort.Medium => 6_144,
        ReasoningEffort.High => 12_288,
        _ => 24_576,
    };

    private static void WriteSampling(Utf8JsonWriter json, ChatOptions options, bool thinks, IReadOnlySet<string> refused)
    {
        json.WriteTexts("stop_sequences", options.StopSequences);
        // A model that thinks takes none of these.
        if (thinks)
            return;
        if (!refused.Contains("temperature"))
            json.WriteNumber("temperature", options.Temperature is { } temperature ? Math.Clamp(temperature, 0, 1) : null);
        if (!refused.Contains("top_p"))
            json.WriteNumber("top_p", options.TopP);
        if (options.TopK is { } topK && !refused.Contains("top_k"))
            json.WriteNumber("top_k", topK);
    }

    private static void WriteTools(Utf8JsonWriter json, ProviderCall call)
    {
        var tools = RequestJson.Functions(call);
        if (tools.Count == 0)
            return;
        json.WriteStartArray("tools");
        foreach (var tool in tools)
        {
            json.WriteStartObject();
            json.WriteString("name", tool.Name);
            if (tool.Description.Length > 0)
                json.WriteString("description", tool.Description);
            json.WritePropertyName("input_schema");
            tool.JsonSchema.WriteTo(json);
            if (Extras.Strict(tool) is true)
                json.WriteBoolean("strict", true);
            if (Extras.CacheControl(tool) is { } mark)
            {
                json.WritePropertyName(RequestKeys.CacheControl);
                mark.WriteTo(json);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteToolChoice(json, call.Options);
    }

    private static void WriteToolChoice(Utf8JsonWriter json, ChatOptions options)
    {
        json.WriteStartObject("tool_choice");
        switch (options.ToolMode)
        {
            case NoneChatToolMode:
                json.WriteString("type", "none");
                break;
            case RequiredChatToolMode { RequiredFunctionName: { } name }:
                json.WriteString("type", "tool");
                json.WriteString("name", name);
                break;
            case RequiredChatToolMode:
                json.WriteString("type", "any");
                break;
            default:
                json.WriteString("type", "auto");
                break;
        }
        if (options.AllowMultipleToolCalls is false && options.ToolMode is not NoneChatToolMode)
            json.WriteBoolean("disable_parallel_tool_use", true);
        json.WriteEndObject();
    }

    private static void WriteOutput(Utf8JsonWriter json, ProviderCall call, bool thinks, IReadOnlySet<string> refused)
    {
        var effort = thinks && !refused.Contains(AnthropicRefusals.Effort) && !refused.Contains(AnthropicRefusals.Adaptive) ? Effort(call.Options) : null;
        var schema = Schema(call, refused);
        if (effort is null && schema is null)
            return;
        json.WriteStartObject("output_config");
        if (effort is not null)
            json.WriteString("effort", effort);
        if (schema is { } closed)
        {
            json.WriteStartObject("format");
            json.WriteString("type", "json_schema");
            json.WritePropertyName("schema");
            closed.WriteTo(json);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    /// <summary>Null where the caller gave a budget instead.</summary>
    private static string? Effort(ChatOptions options) => options.Reasoning?.Effort switch
    {
        _ when Extras.Object(options.AdditionalProperties, RequestKeys.Thinking) is { } own && Json.Integer(own, "budget_tokens") is not null => null,
        ReasoningEffort.Low => "low",
        ReasoningEffort.Medium => "medium",
        ReasoningEffort.High => "high",
        ReasoningEffort.ExtraHigh => Extras.Word(options.AdditionalProperties, RequestKeys.EffortWord) is "max" ? "max" : "xhigh",
        _ => null,
    };
}
