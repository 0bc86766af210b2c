using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Atrium.Ai;

/// <summary>What a provider's error says, whatever its shape.</summary>
internal sealed record ErrorBody(string? Message, string? Code, string? Type, string? Field, int? Status, TimeSpan? RetryAfter)
{
    /// <summary>
    /// Whether what is used up comes back only after a long time or for money (true), or is a limit of the minute (false); null when the body
    /// does not say. Google uses the same words for both.
    /// </summary>
    public bool? IsSpent { get; init; }

    private static readonly ErrorBody Nothing = new(null, null, null, null, null, null);

    /// <summary>Reads the body of an answer whose status is an error. Never throws on its content.</summary>
    public static ErrorBody Read(ReadOnlyMemory<byte> body)
    {
        var text = body.Span.TrimStart(" \t\r\n"u8);
        if (text.IsEmpty || text[0] == (byte)'<')
            return Nothing;
        try
        {
            using var json = JsonDocument.Parse(body);
            return Read(json.RootElement);
        }
        catch (Exception notJson) when (notJson is JsonException or InvalidOperationException)
        {
            return Nothing with { Message = Encoding.UTF8.GetString(body.Span) };
        }
    }

    /// <summary>Reads an error object, or the object that has one.</summary>
    public static ErrorBody Read(JsonElement root)
    {
        if (root.ValueKind is JsonValueKind.Array && root.GetArrayLength() > 0)
            root = root[0];
        if (root.ValueKind is not JsonValueKind.Object)
            return Nothing with { Message = Json.Text(root) };
        var error = Json.Object(root, "error") ?? root;
        var status = Json.Integer(root, "status_code") ?? Json.Integer(root, "status") ?? Json.Integer(error, "status") ?? Json.Integer(error, "code");
        return new ErrorBody(
            MessageOf(root, error),
            Reason(error) ?? CodeOf(error) ?? CodeOf(root) ?? FirstOf(root, "errors", "code"),
            Json.String(error, "type") ?? Json.String(error, "status") ?? Json.String(root, "type"),
            Json.String(error, "param") ?? Json.String(root, "param") ?? FirstOf(root, "invalid_fields", "field"),
            status is >= 400 and <= 599 ? status : null,
            Delay(error))
        {
            IsSpent = Spent(error),
        };
    }

    private static string? MessageOf(JsonElement root, JsonElement error) =>
        Json.String(error, "message")
        ?? Json.String(root, "error")
        ?? Json.String(root, "message")
        ?? Detail(root)
        ?? FirstOf(root, "errors", "message")
        ?? Json.String(root, "Message")
        ?? Json.String(root, "errorMessage")
        ?? Json.String(root, "title")
        ?? Json.String(error, "type")
        ?? Json.Raw(root);

    private static string? Detail(JsonElement root) =>
        Json.String(root, "detail")
        ?? FirstOf(root, "detail", "msg")
        ?? (Json.Object(root, "detail") is { } detail ? Json.String(detail, "error") ?? Json.String(detail, "message") : null);

    private static string? FirstOf(JsonElement root, string list, string name) =>
        Json.Array(root, list) is { } items && items.GetArrayLength() > 0 ? Json.String(items[0], name) : null;

    private static string? CodeOf(JsonElement element) =>
        Json.String(element, "code") ?? Json.String(element, "errorCode") ?? Json.Integer(element, "code")?.ToString(CultureInfo.InvariantCulture);

    /// <summary>Google's <c>details: [{"reason": "API_KEY_INVALID"}]</c> and Anthropic's <c>details: {"error_code": "…"}</c> say more than the code.</summary>
    private static string? Reason(JsonElement error)
    {
        if (Json.Object(error, "details") is { } single)
            return Json.String(single, "error_code");
        if (Json.Array(error, "details") is { } details)
            foreach (var detail in details.EnumerateArray())
                if (Json.String(detail, "reason") is { Length: > 0 } reason)
                    return reason;
        return null;
    }

    /// <summary>Google's <c>details: [{"violations": [{"quotaId": "…PerDay…", "quotaValue": "50"}]}]</c>.</summary>
    private static bool? Spent(JsonElement error)
    {
        if (Json.Array(error, "details") is not { } details)
            return null;
        bool? isSpent = Delay(error) is null ? null : false;
        foreach (var detail in details.EnumerateArray())
            if (Json.Array(detail, "violations") is { } violations)
                foreach (var violation in violations.EnumerateArray())
                    isSpent = isSpent is true || Json.String(violation, "quotaValue") is "0"
                        || Json.String(violation, "quotaId")?.Contains("PerDay", StringComparison.OrdinalIgnoreCase) is true;
        return isSpent;
    }

    /// <summary>Google's form: <c>details: [{"@type": "…RetryInfo", "retryDelay": "34.4s"}]</c>.</summary>
    private static TimeSpan? Delay(JsonElement error)
    {
        if (Json.Array(error, "details") is not { } details)
            return null;
        foreach (var detail in details.EnumerateArray())
            if (Ai.RetryAfter.Duration(Json.String(detail, "retryDelay")) is { } delay)
                return delay;
        return null;
    }
}
