using System.Globalization;
using System.Text.Json;
using Atrium.Contracts.Gateway;

namespace Atrium.Gateway.Api.Images;

/// <summary>What a program wants drawn.</summary>
/// <param name="AsAddress">The pictures as data URLs instead of bare base64: this house keeps none that an address could lead to.</param>
internal sealed record ImageRequest(ImageCall Call, bool AsAddress);

/// <summary>Reads a request for pictures in OpenAI's format.</summary>
internal static class ImageReader
{
    private const int MostPictures = 10;
    private const int LongestSide = 16_384;

    private static readonly string[] Words = ["quality", "background", "moderation", "style", "output_format", "user"];

    public static ImageRequest Read(JsonElement body, Guid personId)
    {
        if (body.Switch("stream") is true || PartsOf(body) > 0)
            throw ApiException.Invalid("stream", "Pictures come whole here: 'stream' must be false.");
        var prompt = body.Required("prompt");
        var count = body.Count("n") ?? 1;
        return new ImageRequest(
            new ImageCall
            {
                PersonId = personId,
                Module = ApiAnswering.Module,
                Model = ApiRequest.ReadModel(body),
                Prompt = string.IsNullOrWhiteSpace(prompt) ? throw ApiException.Invalid("prompt", "'prompt' is empty.") : prompt,
                Count = count <= MostPictures ? count : throw ApiJson.Wrong("n", $"at most {MostPictures}"),
                Size = ReadSize(body.Text("size")),
                Wishes = ReadWishes(body),
            },
            body.Text("response_format") switch
            {
                null or "b64_json" => false,
                "url" => true,
                _ => throw ApiJson.Wrong("response_format", "b64_json or url"),
            });
    }

    private static int PartsOf(JsonElement body) => body.Member("partial_images") is { } parts
        ? parts.Is(JsonValueKind.Number) && parts.TryGetInt32(out var number) ? number : throw ApiJson.Wrong("partial_images", "a whole number")
        : 0;

    private static (int Width, int Height)? ReadSize(string? size)
    {
        if (size is null or "auto")
            return null;
        var sides = size.Split('x');
        return sides.Length == 2 && Side(sides[0]) is { } width && Side(sides[1]) is { } height
            ? (width, height)
            : throw ApiJson.Wrong("size", "auto, or width and height such as 1024x1024");
    }

    private static int? Side(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pixels) && pixels is > 0 and <= LongestSide ? pixels : null;

    private static Dictionary<string, object> ReadWishes(JsonElement body)
    {
        var wishes = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var name in Words)
        {
            // "auto" is what is done without the word.
            if (body.Text(name) is { Length: > 0 } word and not "auto")
                wishes[name] = word;
        }
        if (body.Count("output_compression") is { } percent)
            wishes["output_compression"] = percent;
        return wishes;
    }
}
