using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Atrium.Platform.Telemetry;

/// <summary>One JSON object a line, every text cleaned by <see cref="Redaction"/>.</summary>
internal sealed class RedactingJsonFormatter(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "atrium-json";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var line = new Dictionary<string, string?>
        {
            ["time"] = clock.GetUtcNow().ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            ["level"] = logEntry.LogLevel.ToString().ToLowerInvariant(),
            ["category"] = logEntry.Category,
            ["message"] = Redaction.Clean(logEntry.Formatter(logEntry.State, logEntry.Exception)),
        };
        if (logEntry.Exception is { } exception)
            line["exception"] = Redaction.Clean(exception.ToString());
        if (System.Diagnostics.Activity.Current is { } activity)
            line["traceId"] = activity.TraceId.ToString();
        textWriter.WriteLine(JsonSerializer.Serialize(line));
    }
}
