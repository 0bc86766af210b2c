using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.ReplicatePredictions;

/// <summary>What is known of one prediction.</summary>
internal sealed partial class Prediction(ProviderCall call)
{
    private int _shown;
    private UsageDetails? _usage;

    /// <summary>Null until it has begun.</summary>
    public string? Id { get; private set; }

    /// <summary>Where its output can be read as it comes; null where it cannot, or the address is not one the key may be sent to.</summary>
    public Uri? Stream { get; private set; }

    /// <summary>True when nothing more will come of it.</summary>
    public bool IsOver { get; set; }

    /// <summary>Reads the prediction as it stands; what its output has gained, or null.</summary>
    /// <exception cref="ProviderException">It failed, or this is no prediction.</exception>
    public ChatResponseUpdate? ReadObject(JsonElement prediction)
    {
        if (Json.String(prediction, "id") is not { } id || !Name().IsMatch(id) || Json.String(prediction, "status") is not { } status)
            throw Json.String(prediction, "detail") is null && Json.String(prediction, "error") is null
                ? call.Transport.Malformed("the answer is no prediction")
                : call.Transport.Errors.ReadInBand(prediction);
        Id = id;
        if (Json.Object(prediction, "urls") is { } addresses && Uri.TryCreate(Json.String(addresses, "stream"), UriKind.Absolute, out var address) && call.Transport.MayReach(address))
            Stream = address;
        IsOver = status is not ("starting" or "processing" or "queued");
        if (status is "failed")
            throw Failed(Json.String(prediction, "error"));
        if (status is "canceled" or "aborted")
            throw Failed("the prediction was cancelled");
        if (IsOver)
            ReadUsage(prediction);
        return prediction.TryGetProperty("output", out var output) ? Gained(TextOf(output)) : null;
    }

    /// <summary>Its error, as an exception; nothing more will come.</summary>
    public ProviderException Failed(string? why)
    {
        IsOver = true;
        return call.Transport.Errors.ReadNamed("failed", JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["message"] = why ?? "the prediction failed" }, Json.Compact));
    }

    /// <summary>Some versions count tokens; time is no count.</summary>
    public void ReadUsage(JsonElement prediction)
    {
        if (Json.Object(prediction, "metrics") is not { } metrics)
            return;
        var (input, output) = (Json.Count(metrics, "input_token_count"), Json.Count(metrics, "output_token_count"));
        if (input is not null || output is not null)
            _usage = UsageCounts.Of(input, output);
    }

    public ChatResponseUpdate Update(params AIContent[] contents) => new()
    {
        Role = ChatRole.Assistant,
        ResponseId = Id,
        MessageId = Id,
        ModelId = call.Model,
        Contents = [.. contents],
    };

    /// <summary>What is known only at the end.</summary>
    public ChatResponseUpdate End()
    {
        var update = Update();
        if (_usage is not null)
            update.Contents.Add(new UsageContent(_usage));
        update.FinishReason = _usage?.OutputTokenCount is { } count && count == call.Options.MaxOutputTokens ? ChatFinishReason.Length : ChatFinishReason.Stop;
        return update;
    }

    private ChatResponseUpdate? Gained(string text)
    {
        if (text.Length <= _shown)
            return null;
        var gained = text[_shown..];
        _shown = text.Length;
        return Update(new TextContent(gained));
    }

    /// <summary>Language models give a list of pieces, others one text, or an address, or an object.</summary>
    private static string TextOf(JsonElement output)
    {
        if (output.ValueKind is not JsonValueKind.Array)
            return Json.Text(output) ?? (output.ValueKind is JsonValueKind.Null ? "" : Json.Raw(output));
        var text = new StringBuilder();
        foreach (var piece in output.EnumerateArray())
            text.Append(Json.Text(piece) ?? Json.Raw(piece));
        return text.ToString();
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Name();
}
