using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.ReplicatePredictions;

/// <summary>
/// Writes a prediction's input. Every model names its fields itself: the names most use come first, and one that a model refuses goes under
/// its next name, or into the prompt, or is left out.
/// </summary>
internal static partial class ReplicateRequest
{
    private static readonly string[] LimitNames = ["max_tokens", "max_new_tokens", "max_completion_tokens", "max_length"];
    private static readonly string[] ImageNames = ["image", "image_input", "images"];
    private static readonly string[] Names = [.. LimitNames, .. ImageNames, "system_prompt", "temperature", "top_p", "top_k", "seed", "stop_sequences", "presence_penalty", "frequency_penalty"];

    /// <summary>Names of the request itself, and of fields of other services that no model has.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "prompt", "stream", "webhook", "version", "input", RequestKeys.User, RequestKeys.ServiceTier, "safety_identifier", "metadata", "store", "prompt_cache_key", "prompt_cache_retention",
        "prediction", "verbosity",
    };

    /// <summary>Where a model's predictions are begun: an official model by its name, a version or a deployment as it is called.</summary>
    public static string PathOf(ProviderCall call) =>
        OwnerAndName().Match(call.Model) is { Success: true } official
            ? call.Provider.ChatPath.Replace("{owner}", official.Groups["owner"].Value, StringComparison.Ordinal).Replace("{name}", official.Groups["name"].Value, StringComparison.Ordinal)
            : Deployment().Match(call.Model) is { Success: true } deployment
                ? $"/deployments/{deployment.Groups["owner"].Value}/{deployment.Groups["name"].Value}/predictions"
                : "/predictions";

    public static ReadOnlyMemory<byte> Write(ProviderCall call, bool stream, IReadOnlySet<string> refused) => RequestJson.Write(json =>
    {
        // Tools are not called here; whoever offers them is told.
        RequestJson.Functions(call);
        if (PathOf(call) is "/predictions")
            json.WriteString("version", call.Model);
        if (stream)
            json.WriteBoolean("stream", true);
        json.WriteStartObject("input");
        WritePrompt(json, call, refused);
        WriteImages(json, call, refused);
        WriteSampling(json, call.Options, refused);
        json.WriteAdditional(call.Options, name => !Reserved.Contains(name) && !Names.Contains(name));
        json.WriteEndObject();
    });

    /// <summary>The field that a refusal is about; it names it as <c>input.…</c>.</summary>
    public static string? RefusedField(ProviderException refusal) =>
        Names.FirstOrDefault(name => refusal.Field == "input." + name || refusal.Field == name || refusal.ProviderMessage?.Contains("input." + name, StringComparison.Ordinal) is true);

    private static void WritePrompt(Utf8JsonWriter json, ProviderCall call, IReadOnlySet<string> refused)
    {
        var messages = Conversation.Repair(call.Messages);
        var system = string.Join("\n\n", Conversation.SystemTexts(call.Options, messages, namesShape: true).Where(text => text.Length > 0));
        var prompt = ReplicatePrompt.Fold(call.Provider, [.. messages.Where(message => message.Role != ChatRole.System)]);
        var isApart = system.Length > 0 && !refused.Contains("system_prompt");
        json.WriteString("prompt", isApart || system.Length == 0 ? prompt : $"{system}\n\n{prompt}");
        if (isApart)
            json.WriteString("system_prompt", system);
    }

    private static void WriteImages(Utf8JsonWriter json, ProviderCall call, IReadOnlySet<string> refused)
    {
        var images = call.Messages.Where(message => message.Role == ChatRole.User).SelectMany(message => message.Contents).Select(AddressOf).OfType<string>().ToList();
        if (images.Count == 0)
            return;
        // Only the first of the names takes a single picture.
        var name = Array.Find(ImageNames, name => !refused.Contains(name) && (images.Count == 1 || name != ImageNames[0]))
            ?? throw ProviderException.Unsupported(call.Provider, "this model does not read images");
        if (name == ImageNames[0])
            json.WriteString(name, images[0]);
        else
            json.WriteTexts(name, images);
    }

    private static string? AddressOf(AIContent content) => content switch
    {
        DataContent data when data.HasTopLevelMediaType("image") => data.Uri,
        UriContent image when image.HasTopLevelMediaType("image") => image.Uri.AbsoluteUri,
        _ => null,
    };

    private static void WriteSampling(Utf8JsonWriter json, ChatOptions options, IReadOnlySet<string> refused)
    {
        if (options.MaxOutputTokens is { } limit && Array.Find(LimitNames, name => !refused.Contains(name)) is { } field)
            json.WriteNumber(field, limit);
        Number("temperature", options.Temperature);
        Number("top_p", options.TopP);
        Number("top_k", options.TopK);
        Number("presence_penalty", options.PresencePenalty);
        Number("frequency_penalty", options.FrequencyPenalty);
        if (options.Seed is { } seed && !refused.Contains("seed"))
            json.WriteNumber("seed", seed);
        if (options.StopSequences is { Count: > 0 } stops && !refused.Contains("stop_sequences"))
            json.WriteString("stop_sequences", string.Join(',', stops));

        void Number(string name, float? value)
        {
            if (!refused.Contains(name))
                json.WriteNumber(name, value);
        }
    }

    [GeneratedRegex(@"^(?<owner>[A-Za-z0-9][A-Za-z0-9_.-]{0,99})/(?<name>[A-Za-z0-9][A-Za-z0-9_.-]{0,99})\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex OwnerAndName();

    [GeneratedRegex(@"^deployments/(?<owner>[A-Za-z0-9][A-Za-z0-9_.-]{0,99})/(?<name>[A-Za-z0-9][A-Za-z0-9_.-]{0,99})\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Deployment();
}
