using System.Text.Json;
using static Atrium.Simulators.ChatRequest;

namespace Atrium.Simulators.ReplicatePredictions;

/// <summary>Reads a prediction's request. Every model has its own input; these take what most take, and refuse the rest by name.</summary>
internal static class ReplicateRequest
{
    private static readonly HashSet<string> Inputs = new(StringComparer.Ordinal)
    {
        "prompt", "system_prompt", "max_tokens", "max_new_tokens", "temperature", "top_p", "top_k", "stop_sequences", "image", "image_input", "presence_penalty", "frequency_penalty",
    };

    public static ChatRequest Read(HttpContext http, JsonElement root)
    {
        var model = (string?)http.Request.RouteValues["name"] ?? Text(root, "version") ?? throw new RefusedRequestException("- version is required", status: 422);
        if (model.Contains("missing", StringComparison.Ordinal))
            throw new RefusedRequestException($"The requested model {model} could not be found.", status: 404);
        if (!root.TryGetProperty("input", out var input) || Text(input, "prompt") is not { } prompt)
            throw new RefusedRequestException("- input: prompt is required", "input.prompt", status: 422);
        foreach (var member in input.EnumerateObject())
            if (!Inputs.Contains(member.Name))
                throw new RefusedRequestException($"- input.{member.Name}: Additional property {member.Name} is not allowed", "input." + member.Name, status: 422);
        // The last that a person said; what was folded before it is context.
        var question = prompt.LastIndexOf("User: ", StringComparison.Ordinal) is >= 0 and var last && prompt.EndsWith("Assistant:", StringComparison.Ordinal)
            ? prompt[(last + "User: ".Length)..^"Assistant:".Length].Trim()
            : prompt;
        return new ChatRequest
        {
            Model = model,
            Prompt = question.Contains("\n\nTool: ", StringComparison.Ordinal) ? question[..question.IndexOf("\n\n", StringComparison.Ordinal)] : question,
            InputTokens = 4 + AnswerContent.Tokens(prompt),
            Images = Items(input, "image_input").Count() + (Text(input, "image") is null ? 0 : 1),
            // Whoever does not wait may follow the stream.
            Stream = !http.Request.Headers["Prefer"].ToString().StartsWith("wait", StringComparison.Ordinal),
            MaxTokens = Number(input, "max_tokens") ?? Number(input, "max_new_tokens"),
            HasToolResult = question.Contains("\n\nTool: ", StringComparison.Ordinal),
        };
    }
}
