using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.OpenAiChat;

/// <summary>Writes the body of a chat call.</summary>
internal static class OpenAiChatRequest
{
    /// <summary>Fields of the request that are ours; callers' additional properties never replace them.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "model", "messages", "stream", "stream_options", "n", "tools", "tool_choice", "response_format", "max_tokens", "max_completion_tokens", "reasoning_effort",
    };

    /// <summary>The body as UTF-8.</summary>
    /// <param name="call">What to ask.</param>
    /// <param name="stream">Whether to ask for a stream.</param>
    /// <param name="refused">Fields to leave out because the model refused them.</param>
    public static ReadOnlyMemory<byte> Write(ProviderCall call, bool stream, IReadOnlySet<string> refused) => RequestJson.Write(json =>
    {
        json.WriteString("model", call.Model);
        new OpenAiChatMessages(json, call) { WritesNames = true }.Write();
        WriteStream(json, call.Provider, stream, refused);
        WriteSampling(json, call, refused);
        WriteTools(json, call, refused);
        WriteFormat(json, call);
        json.WriteAdditional(call.Options, name => !Reserved.Contains(name) && !refused.Contains(name));
    });

    private static void WriteStream(Utf8JsonWriter json, Provider provider, bool stream, IReadOnlySet<string> refused)
    {
        json.WriteBoolean("stream", stream);
        if (!stream || !provider.Deviations.SendsStreamOptions || refused.Contains("stream_options"))
            return;
        json.WriteStartObject("stream_options");
        json.WriteBoolean("include_usage", true);
        json.WriteEndObject();
    }

    private static void WriteSampling(Utf8JsonWriter json, ProviderCall call, IReadOnlySet<string> refused)
    {
        var (options, deviations) = (call.Options, call.Provider.Deviations);
        WriteLimit(json, options, deviations, refused);
        Number("temperature", options.Temperature);
        Number("top_p", options.TopP);
        Number("presence_penalty", options.PresencePenalty);
        Number("frequency_penalty", options.FrequencyPenalty);
        if (options.Seed is { } seed && !refused.Contains(deviations.SeedField))
            json.WriteNumber(deviations.SeedField, seed);
        if (options.TopK is { } topK && deviations.TopK && !refused.Contains("top_k"))
            json.WriteNumber("top_k", topK);
        if (!refused.Contains("stop"))
            json.WriteTexts("stop", options.StopSequences);
        if (Effort(options) is { } effort && deviations.ReasoningEffort && !refused.Contains("reasoning_effort"))
            json.WriteString("reasoning_effort", effort);

        void Number(string name, float? value)
        {
            if (!refused.Contains(name))
                json.WriteNumber(name, value);
        }
    }

    /// <summary>The limit goes under the name the row says; when the model refuses it, under the other one.</summary>
    private static void WriteLimit(Utf8JsonWriter json, ChatOptions options, ProviderDeviations deviations, IReadOnlySet<string> refused)
    {
        if (options.MaxOutputTokens is not { } limit)
            return;
        string[] names = [deviations.MaxTokensField, deviations.MaxTokensField is "max_tokens" ? "max_completion_tokens" : "max_tokens"];
        if (names.FirstOrDefault(name => !refused.Contains(name)) is { } field)
            json.WriteNumber(field, Math.Min(limit, deviations.MaxOutputTokens ?? limit));
    }

    /// <summary>How hard to think, in the word for it; null when nobody said.</summary>
    public static string? Effort(ChatOptions options) => Extras.Word(options.AdditionalProperties, RequestKeys.EffortWord) is "minimal" ? "minimal" : options.Reasoning?.Effort switch
    {
        ReasoningEffort.None => "none",
        ReasoningEffort.Low => "low",
        ReasoningEffort.Medium => "medium",
        ReasoningEffort.High => "high",
        ReasoningEffort.ExtraHigh => "xhigh",
        _ => null,
    };

    private static void WriteTools(Utf8JsonWriter json, ProviderCall call, IReadOnlySet<string> refused)
    {
        var tools = RequestJson.Functions(call);
        if (tools.Count == 0)
            return;
        json.WriteStartArray("tools");
        foreach (var tool in tools)
            WriteTool(json, tool, withStrict: true);
        json.WriteEndArray();
        WriteToolChoice(json, call);
        if (call.Options.AllowMultipleToolCalls is { } parallel && !call.Provider.Deviations.NoParallelToolCalls && !refused.Contains("parallel_tool_calls"))
            json.WriteBoolean("parallel_tool_calls", parallel);
    }

    /// <summary>A tool in the form that several dialects have taken over.</summary>
    public static void WriteTool(Utf8JsonWriter json, AIFunctionDeclaration tool, bool withStrict = false)
    {
        json.WriteStartObject();
        json.WriteString("type", "function");
        json.WriteStartObject("function");
        json.WriteString("name", tool.Name);
        if (tool.Description.Length > 0)
            json.WriteString("description", tool.Description);
        json.WritePropertyName("parameters");
        tool.JsonSchema.WriteTo(json);
        if (withStrict && Extras.Strict(tool) is { } strict)
            json.WriteBoolean("strict", strict);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteToolChoice(Utf8JsonWriter json, ProviderCall call)
    {
        switch (call.Options.ToolMode)
        {
            case NoneChatToolMode:
                json.WriteString("tool_choice", "none");
                break;
            case RequiredChatToolMode { RequiredFunctionName: { } name }:
                json.WriteStartObject("tool_choice");
                json.WriteString("type", "function");
                json.WriteStartObject("function");
                json.WriteString("name", name);
                json.WriteEndObject();
                json.WriteEndObject();
                break;
            case RequiredChatToolMode:
                json.WriteString("tool_choice", call.Provider.Deviations.RequiredToolChoice);
                break;
            default:
                json.WriteString("tool_choice", "auto");
                break;
        }
    }

    /// <summary>The form of the answer, as several dialects have taken it over.</summary>
    public static void WriteFormat(Utf8JsonWriter json, ProviderCall call)
    {
        if (call.Options.ResponseFormat is not ChatResponseFormatJson format)
            return;
        json.WriteStartObject("response_format");
        if (format.Schema is { } schema && call.Provider.Capabilities.JsonSchema)
        {
            json.WriteString("type", "json_schema");
            json.WriteStartObject("json_schema");
            json.WriteString("name", format.SchemaName ?? "answer");
            if (format.SchemaDescription is { } description)
                json.WriteString("description", description);
            json.WritePropertyName("schema");
            schema.WriteTo(json);
            if (call.Options.AdditionalProperties?.TryGetValue(RequestKeys.StrictSchema, out var strict) is true && strict is bool isStrict)
                json.WriteBoolean("strict", isStrict);
            json.WriteEndObject();
        }
        else
        {
            json.WriteString("type", "json_object");
        }
        json.WriteEndObject();
    }
}
