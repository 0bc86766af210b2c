using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.OpenAiChat;

/// <summary>Pictures of OpenAI and of the services that copy it.</summary>
internal static class OpenAiImages
{
    private const string Format = "response_format";

    public static IReadOnlySet<string> Wishes { get; } =
        new HashSet<string>(StringComparer.Ordinal) { "quality", "background", "moderation", "style", "output_format", "output_compression", "user" };

    public static async Task<ImageGenerationResponse> DrawAsync(ImageCall call, string path, CancellationToken cancellation)
    {
        await using var exchange = await RefusedFields.RetryAsync(
            refused => call.Transport.PostAsync(path, call.Model, Write(call, refused), "application/json", cancellation),
            refusal => refusal.ProviderMessage?.Contains(Format, StringComparison.Ordinal) is true || refusal.Field is Format ? Format : null);
        using var answer = await exchange.ReadJsonAsync();
        var root = answer.RootElement;
        if (Json.Array(root, "data") is not { } data)
            throw call.Transport.Errors.ReadInBand(root);
        return new ImageGenerationResponse([.. data.EnumerateArray().Select(Picture).OfType<AIContent>()]) { Usage = Usage(root) };
    }

    private static ReadOnlyMemory<byte> Write(ImageCall call, IReadOnlySet<string> refused) => RequestJson.Write(json =>
    {
        json.WriteString("model", call.Model);
        json.WriteString("prompt", call.Prompt);
        if (call.Options.Count is { } count)
            json.WriteNumber("n", count);
        if (call.Options.ImageSize is { } size)
            json.WriteString("size", $"{size.Width}x{size.Height}");
        // OpenAI's present models know no other form and refuse the word; other services give an address without it.
        if (!refused.Contains(Format) && !call.Model.StartsWith("gpt-image", StringComparison.Ordinal))
            json.WriteString(Format, "b64_json");
        foreach (var wish in Wishes)
        {
            if (call.Text(wish) is { } text)
                json.WriteString(wish, text);
            else if (call.Options.AdditionalProperties?.TryGetValue(wish, out var value) is true && value is int number)
                json.WriteNumber(wish, number);
        }
    });

    private static AIContent? Picture(JsonElement item)
    {
        AIContent? picture = null;
        if (item.ValueKind is JsonValueKind.Object && item.TryGetProperty("b64_json", out var encoded))
            picture = Pictures.FromBase64(encoded);
        if (picture is null && Uri.TryCreate(Json.String(item, "url"), UriKind.Absolute, out var address) && address.Scheme is "https")
            picture = new UriContent(address, "image/*");
        if (picture is not null && Json.String(item, Pictures.RevisedPrompt) is { Length: > 0 } prompt)
            (picture.AdditionalProperties ??= [])[Pictures.RevisedPrompt] = prompt;
        return picture;
    }

    private static UsageDetails? Usage(JsonElement root) =>
        Json.Object(root, "usage") is { } usage && (Json.Count(usage, "input_tokens"), Json.Count(usage, "output_tokens")) is var (input, output) && (input ?? output) is not null
            ? UsageCounts.Of(input, output)
            : null;
}
