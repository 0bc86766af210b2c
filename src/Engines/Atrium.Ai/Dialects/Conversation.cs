using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai;

/// <summary>Brings a conversation into the order every service insists on.</summary>
internal static class Conversation
{
    /// <summary>What stands for messages that were left out, where a service wants a person to speak first.</summary>
    public const string Opening = "(Earlier messages are left out.)";

    private const string NotRun = "The tool was not run.";

    /// <summary>What a service is told before the talk: the instructions, the system messages and, where the wire has no field for it, the shape of the answer.</summary>
    /// <param name="namesShape">The shape of the answer is asked for in words.</param>
    public static IEnumerable<string> SystemTexts(ChatOptions options, IEnumerable<ChatMessage> messages, bool namesShape)
    {
        if (options.Instructions is { } instructions)
            yield return instructions;
        foreach (var message in messages.Where(message => message.Role == ChatRole.System))
            yield return message.Text;
        if (namesShape && options.ResponseFormat is ChatResponseFormatJson format)
            yield return format.Schema is { } schema
                ? $"Answer with JSON of this schema and nothing else: {Json.Raw(schema)}"
                : "Answer with JSON and nothing else.";
    }

    /// <summary>
    /// Services refuse a tool call without its result and a result without its call, which a stopped answer or a shortened conversation
    /// leaves behind: after each message with calls comes one tool message with one result for each; missing results are filled in, stray
    /// ones left out. Empty messages are left out.
    /// </summary>
    public static IReadOnlyList<ChatMessage> Repair(IEnumerable<ChatMessage> messages)
    {
        var repaired = new List<ChatMessage>();
        var results = new List<FunctionResultContent>();
        IReadOnlyList<FunctionCallContent> calls = [];
        foreach (var message in messages)
        {
            results.AddRange(message.Contents.OfType<FunctionResultContent>());
            if (message.Role == ChatRole.Tool)
                continue;
            Close();
            var contents = message.Contents.Where(content => content is not FunctionResultContent).ToList();
            if (contents.Count > 0)
                repaired.Add(new ChatMessage(message.Role, contents) { AuthorName = message.AuthorName });
            calls = message.Role == ChatRole.Assistant ? [.. contents.OfType<FunctionCallContent>()] : [];
        }
        Close();
        return repaired;

        void Close()
        {
            if (calls.Count > 0)
                repaired.Add(new ChatMessage(ChatRole.Tool, [.. calls.Select(call => ResultOf(call, results))]));
            calls = [];
            results.Clear();
        }
    }

    /// <summary>A tool's result as text.</summary>
    public static string Text(FunctionResultContent result) => result.Result switch
    {
        null => result.Exception is { } failure ? $"Error: {failure.Message}" : "",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } element => Json.Text(element)!,
        TextContent content => content.Text,
        IEnumerable<AIContent> contents => string.Concat(contents.OfType<TextContent>().Select(content => content.Text)),
        DataContent => "",
        var value => JsonSerializer.Serialize(value, Json.Compact.GetTypeInfo(value.GetType())),
    };

    /// <summary>The pictures in a tool's result.</summary>
    public static IEnumerable<DataContent> Images(FunctionResultContent result) =>
        (result.Result switch
        {
            DataContent single => [single],
            IEnumerable<AIContent> contents => contents.OfType<DataContent>(),
            _ => [],
        }).Where(data => data.HasTopLevelMediaType("image"));

    private static AIContent ResultOf(FunctionCallContent call, List<FunctionResultContent> results)
    {
        var found = results.Find(result => result.CallId == call.CallId);
        if (found is null)
            return new FunctionResultContent(call.CallId, NotRun);
        results.Remove(found);
        return found;
    }
}
