using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.OciGenAiChat;

/// <summary>Writes the body of a chat call: where the model runs, and the request in the form the model takes.</summary>
internal static class OciRequest
{
    /// <summary>Fields a model may refuse and a person can do without; the limit of the answer then goes under its other name.</summary>
    public static readonly IReadOnlyList<string> Dispensable =
        ["reasoningEffort", "maxTokens", "topK", "topP", "temperature", "seed", "stop", "frequencyPenalty", "presencePenalty", "toolChoice", "responseFormat", "streamOptions"];

    public static ReadOnlyMemory<byte> Write(ProviderCall call, bool stream, IReadOnlySet<string> refused) => RequestJson.Write(json =>
    {
        var transport = call.Transport;
        json.WriteString("compartmentId", transport.Setting("compartmentId"));
        WriteServingMode(json, transport, call.Model);
        json.WriteStartObject("chatRequest");
        if (IsCohere(call))
            OciCohereRequest.Write(json, call);
        else
            WriteGeneric(json, call, refused);
        json.WriteBoolean("isStream", stream);
        if (stream && !refused.Contains("streamOptions"))
        {
            json.WriteStartObject("streamOptions");
            json.WriteBoolean("isIncludeUsage", true);
            json.WriteEndObject();
        }
        WriteSampling(json, call, refused);
        json.WriteEndObject();
    });

    /// <summary>A model is shared and called by its name, or has an endpoint of the person's.</summary>
    public static void WriteServingMode(Utf8JsonWriter json, ProviderTransport transport, string model)
    {
        var endpoint = transport.Setting("endpointId");
        if (endpoint is null && string.Equals(transport.Setting("servingMode"), "DEDICATED", StringComparison.OrdinalIgnoreCase))
            throw ProviderException.NotConfigured(transport.Provider, "endpointId");
        json.WriteStartObject("servingMode");
        json.WriteString("servingType", endpoint is null ? "ON_DEMAND" : "DEDICATED");
        json.WriteString(endpoint is null ? "modelId" : "endpointId", endpoint ?? model);
        json.WriteEndObject();
    }

    /// <summary>What stands behind an endpoint only its owner knows.</summary>
    private static bool IsCohere(ProviderCall call) => call.Transport.Setting("apiFormat") is { } format
        ? string.Equals(format, "COHERE", StringComparison.OrdinalIgnoreCase)
        : call.Model.StartsWith("cohere.", StringComparison.OrdinalIgnoreCase);

    private static void WriteGeneric(Utf8JsonWriter json, ProviderCall call, IReadOnlySet<string> refused)
    {
        json.WriteString("apiFormat", "GENERIC");
        new OciMessages(json, call).Write();
        WriteTools(json, call, refused);
        WriteFormat(json, call, refused);
        if (Effort(call.Options) is { } effort && !refused.Contains("reasoningEffort"))
            json.WriteString("reasoningEffort", effort);
    }

    private static void WriteSampling(Utf8JsonWriter json, ProviderCall call, IReadOnlySet<string> refused)
    {
        var (options, isCohere) = (call.Options, IsCohere(call));
        if (options.MaxOutputTokens is { } limit)
            json.WriteNumber(refused.Contains("maxTokens") ? "maxCompletionTokens" : "maxTokens", limit);
        Number("temperature", options.Temperature);
        Number("topP", options.TopP);
        Number("frequencyPenalty", options.FrequencyPenalty);
        Number("presencePenalty", options.PresencePenalty);
        if (options.TopK is { } topK && !refused.Contains("topK"))
            json.WriteNumber("topK", topK);
        if (options.Seed is { } seed && !refused.Contains("seed"))
            json.WriteNumber("seed", seed);
        if (!refused.Contains("stop"))
            json.WriteTexts(isCohere ? "stopSequences" : "stop", options.StopSequences);

        void Number(string name, float? value)
        {
            if (!refused.Contains(name))
                json.WriteNumber(name, value);
        }
    }

    private static string? Effort(ChatOptions options) => options.Reasoning?.Effort switch
    {
        null => null,
        ReasoningEffort.None => "NONE",
        ReasoningEffort.Low => "LOW",
        ReasoningEffort.Medium => "MEDIUM",
        _ => "HIGH",
    };

    private static void WriteTools(Utf8JsonWriter json, ProviderCall call, IReadOnlySet<string> refused)
    {
        var tools = RequestJson.Functions(call);
        if (tools.Count == 0)
            return;
        json.WriteStartArray("tools");
        foreach (var tool in tools)
        {
            json.WriteStartObject();
            json.WriteString("type", "FUNCTION");
            json.WriteString("name", tool.Name);
            json.WriteString("description", tool.Description);
            json.WritePropertyName("parameters");
            tool.JsonSchema.WriteTo(json);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (!refused.Contains("toolChoice"))
            WriteToolChoice(json, call.Options.ToolMode);
    }

    private static void WriteToolChoice(Utf8JsonWriter json, ChatToolMode? mode)
    {
        json.WriteStartObject("toolChoice");
        switch (mode)
        {
            case RequiredChatToolMode { RequiredFunctionName: { } name }:
                json.WriteString("type", "FUNCTION");
                json.WriteString("name", name);
                break;
            default:
                json.WriteString("type", mode switch { NoneChatToolMode => "NONE", RequiredChatToolMode => "REQUIRED", _ => "AUTO" });
                break;
        }
        json.WriteEndObject();
    }

    private static void WriteFormat(Utf8JsonWriter json, ProviderCall call, IReadOnlySet<string> refused)
    {
        if (call.Options.ResponseFormat is not ChatResponseFormatJson format || refused.Contains("responseFormat"))
            return;
        json.WriteStartObject("responseFormat");
        json.WriteString("type", format.Schema is null ? "JSON_OBJECT" : "JSON_SCHEMA");
        if (format.Schema is { } schema)
        {
            json.WriteStartObject("jsonSchema");
            json.WriteString("name", format.SchemaName ?? "answer");
            json.WritePropertyName("schema");
            schema.WriteTo(json);
            if (Extras.Asks(call.Options, RequestKeys.StrictSchema))
                json.WriteBoolean("isStrict", true);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }
}
