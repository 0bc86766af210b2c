using System.Text.Json;
using Atrium.Ai.OpenAiChat;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.WatsonxChat;

/// <summary>Writes the body of a chat call. Whether it streams is in its address.</summary>
internal static class WatsonxRequest
{
    public const string Effort = "reasoning_effort";
    public const string ToolChoice = "tool_choice";

    public static readonly IReadOnlyList<string> Dispensable = [Effort, ToolChoice, "seed", "response_format"];

    /// <summary>Fields that callers may add; the service refuses any it does not know.</summary>
    private static readonly HashSet<string> Additional = new(StringComparer.Ordinal)
    {
        "time_limit", "include_reasoning", "chat_template_kwargs", "guided_choice", "guided_regex", "guided_grammar", "guided_json", "logprobs", "top_logprobs",
    };

    public static ReadOnlyMemory<byte> Write(ProviderCall call, IReadOnlySet<string> refused) => RequestJson.Write(json =>
    {
        json.WriteString("model_id", call.Model);
        WriteProject(json, call.Transport);
        new OpenAiChatMessages(json, call) { OmitsEmptyContent = true, OnlyTextAndImages = true }.Write();
        WriteSampling(json, call.Options, refused);
        WriteTools(json, call, refused);
        if (!refused.Contains("response_format"))
            OpenAiChatRequest.WriteFormat(json, call);
        json.WriteAdditional(call.Options, Additional.Contains);
    });

    /// <summary>Every call belongs to a project or, after deployment, to a space.</summary>
    public static void WriteProject(Utf8JsonWriter json, ProviderTransport transport)
    {
        if (transport.Setting("projectId") is { } project)
            json.WriteString("project_id", project);
        else
            json.WriteString("space_id", transport.Setting("spaceId") ?? throw ProviderException.NotConfigured(transport.Provider, "projectId"));
    }

    private static void WriteSampling(Utf8JsonWriter json, ChatOptions options, IReadOnlySet<string> refused)
    {
        if (options.MaxOutputTokens is { } limit)
            json.WriteNumber("max_tokens", limit);
        json.WriteNumber("temperature", options.Temperature);
        json.WriteNumber("top_p", options.TopP);
        json.WriteNumber("presence_penalty", options.PresencePenalty);
        json.WriteNumber("frequency_penalty", options.FrequencyPenalty);
        json.WriteTexts("stop", options.StopSequences);
        if (options.Seed is { } seed && !refused.Contains("seed"))
            json.WriteNumber("seed", seed);
        if (OpenAiChatRequest.Effort(options) is { } effort && !refused.Contains(Effort))
            json.WriteString(Effort, effort is "none" or "minimal" ? "low" : effort is "xhigh" ? "high" : effort);
    }

    /// <summary>A wish in one word has a field of its own beside that for a tool by name.</summary>
    private static void WriteTools(Utf8JsonWriter json, ProviderCall call, IReadOnlySet<string> refused)
    {
        var tools = RequestJson.Functions(call);
        if (tools.Count == 0)
            return;
        json.WriteStartArray("tools");
        foreach (var tool in tools)
            OpenAiChatRequest.WriteTool(json, tool);
        json.WriteEndArray();
        if (refused.Contains(ToolChoice))
            return;
        if (call.Options.ToolMode is RequiredChatToolMode { RequiredFunctionName: { } name })
        {
            json.WriteStartObject(ToolChoice);
            json.WriteString("type", "function");
            json.WriteStartObject("function");
            json.WriteString("name", name);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        else
        {
            json.WriteString("tool_choice_option", call.Options.ToolMode switch { NoneChatToolMode => "none", RequiredChatToolMode => "required", _ => "auto" });
        }
    }
}
