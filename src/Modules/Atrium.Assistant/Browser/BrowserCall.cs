using Atrium.Assistant.Answers;
using Atrium.Assistant.Messages;
using Atrium.Contracts.Gateway;
using Microsoft.Extensions.AI;

namespace Atrium.Assistant.Browser;

/// <summary>A message as Ollama takes it.</summary>
/// <param name="Images">In Base64.</param>
internal sealed record BrowserMessage(string Role, string Content, IReadOnlyList<string>? Images);

internal sealed record BrowserOptions(double? Temperature, double? TopP, int? MaxOutputTokens);

/// <summary>What the browser sends to the person's own model.</summary>
internal sealed record BrowserCall(IReadOnlyList<BrowserMessage> Messages, BrowserOptions Options);

/// <summary>Assembles the prompt of an answer that a browser makes.</summary>
internal sealed class BrowserCalls(RunningAnswers running, PromptBuilder prompts)
{
    /// <returns>Null when the answer is not made by a browser, or has failed because of its prompt: the stream says so.</returns>
    public async Task<BrowserCall?> BuildAsync(Guid generationId, CancellationToken cancellation)
    {
        if (running.Find(generationId) is not { Browser: { } turn } answer)
            return null;
        try
        {
            var call = await prompts.BuildAsync(answer.Order, cancellation);
            var parameters = answer.Order.Parameters;
            return new BrowserCall([.. call.Messages.Select(ToMessage)], new BrowserOptions(parameters.Temperature, parameters.TopP, parameters.MaxOutputTokens));
        }
        catch (ChatFailedException exception)
        {
            turn.Fail(MessageError.From(exception.Failure));
            return null;
        }
    }

    private static BrowserMessage ToMessage(ChatMessage message)
    {
        var images = message.Contents.OfType<DataContent>().Where(data => data.HasTopLevelMediaType("image")).Select(data => data.Base64Data.ToString()).ToList();
        var unread = message.Contents.OfType<DataContent>().Where(data => !data.HasTopLevelMediaType("image")).Select(data => $"[The file {data.Name} is not included here.]");
        var text = string.Concat(message.Contents.OfType<TextContent>().Select(content => content.Text).Concat(unread));
        return new BrowserMessage(message.Role.Value, text, images.Count > 0 ? images : null);
    }
}
