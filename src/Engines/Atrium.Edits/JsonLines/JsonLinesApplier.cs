using System.Text.Encodings.Web;
using System.Text.Json;
using Atrium.Edits.Applying;

namespace Atrium.Edits;

/// <summary>
/// Applies one edit per line of JSON: <c>{"id", "files": {path: content}, "format", "edit"}</c> in,
/// <c>{"id", "status": "applied|unchanged|refused", "files": {path: content}, "error"}</c> out. A line that cannot be read gets a
/// refusal like any other, so there is exactly one line out for each line in.
/// </summary>
public static class JsonLinesApplier
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Copies edits from a reader to a writer until the reader ends, holding one line at a time.</summary>
    /// <param name="input">JSON Lines in; empty lines are skipped.</param>
    /// <param name="output">JSON Lines out; flushed after each line.</param>
    /// <param name="cancellation">Stops between two lines.</param>
    /// <returns>The number of lines written.</returns>
    public static async Task<long> RunAsync(TextReader input, TextWriter output, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        var count = 0L;
        while (await input.ReadLineAsync(cancellation).ConfigureAwait(false) is { } line)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            await output.WriteAsync(ApplyLine(line).AsMemory(), cancellation).ConfigureAwait(false);
            await output.WriteAsync("\n".AsMemory(), cancellation).ConfigureAwait(false);
            await output.FlushAsync(cancellation).ConfigureAwait(false);
            count++;
        }

        return count;
    }

    /// <summary>Applies the edit of one line.</summary>
    /// <param name="line">One JSON object.</param>
    /// <returns>One JSON object without line breaks. Files hold the changed files only; a deleted one is null.</returns>
    public static string ApplyLine(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        JsonElement? id = null;
        EditResult result;
        try
        {
            using var document = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 64 });
            var request = document.RootElement;
            if (request.ValueKind == JsonValueKind.Object && request.TryGetProperty("id", out var given))
                id = given.Clone();
            result = Apply(request);
        }
        catch (JsonException error)
        {
            result = Unreadable(error.LineNumber is null ? error.Message : $"the line is not valid JSON at byte {error.BytePositionInLine}.");
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            result = Unreadable("a string is not valid Unicode.");
        }

        return Write(id, result);
    }

    private static EditResult Apply(JsonElement request)
    {
        if (request.ValueKind != JsonValueKind.Object)
            return Unreadable("a line must be a JSON object.");
        if (!request.TryGetProperty("files", out var given) || given.ValueKind != JsonValueKind.Object)
            return Unreadable("\"files\" must be an object of contents by path.");
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in given.EnumerateObject())
        {
            if (file.Value.ValueKind != JsonValueKind.String)
                return Unreadable("each content in \"files\" must be a string.");
            files[file.Name] = file.Value.GetString()!;
        }

        if (Format(request) is not { } format)
            return Unreadable("\"format\" must be search-replace, str-replace, udiff, v4a, whole or auto.");
        if (!request.TryGetProperty("edit", out var edit))
            return Unreadable("\"edit\" is missing.");
        if (edit.ValueKind == JsonValueKind.String)
            return EditApplier.Apply(files, format, edit.GetString()!);
        return edit.ValueKind is JsonValueKind.Object or JsonValueKind.Array
            ? EditApplier.Apply(files, EditFormat.StrReplace, edit.GetRawText())
            : Unreadable("\"edit\" must be text, an operation or a list of operations.");
    }

    private static EditFormat? Format(JsonElement request)
    {
        if (!request.TryGetProperty("format", out var format))
            return EditFormat.Auto;
        return format.ValueKind != JsonValueKind.String ? null : format.GetString() switch
        {
            "auto" => EditFormat.Auto,
            "search-replace" => EditFormat.SearchReplace,
            "str-replace" => EditFormat.StrReplace,
            "udiff" => EditFormat.UnifiedDiff,
            "v4a" => EditFormat.V4A,
            "whole" => EditFormat.WholeFile,
            _ => null,
        };
    }

    private static EditResult Unreadable(string what) => new()
    {
        Status = EditStatus.Refused,
        Problems = [ProblemText.Malformed(null, null, what, "Send one JSON object a line with id, files, format and edit.")],
    };

    private static string Write(JsonElement? id, EditResult result)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartObject();
            writer.WritePropertyName("id");
            if (id is { } known)
                known.WriteTo(writer);
            else
                writer.WriteNullValue();
            writer.WriteString("status", result.Status switch { EditStatus.Applied => "applied", EditStatus.Unchanged => "unchanged", _ => "refused" });
            writer.WriteStartObject("files");
            foreach (var (path, content) in result.Files)
                writer.WriteString(path, content);
            writer.WriteEndObject();
            if (result.Problems.Count > 0)
                WriteError(writer, result.Problems);
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteError(Utf8JsonWriter writer, IReadOnlyList<EditProblem> problems)
    {
        writer.WriteStartObject("error");
        writer.WriteString("code", problems[0].Code.ToString());
        writer.WriteString("message", EditProblems.ForModel(problems));
        writer.WriteString("summary", problems[0].ForPerson);
        writer.WriteStartArray("lines");
        foreach (var number in problems[0].Lines)
            writer.WriteNumberValue(number);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
