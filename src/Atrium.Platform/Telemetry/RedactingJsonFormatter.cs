using System.Buffers;
using System.Text;
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
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var line = new Utf8JsonWriter(buffer))
        {
            line.WriteStartObject();
            line.WriteString("time", clock.GetUtcNow().ToString("O", System.Globalization.CultureInfo.InvariantCulture));
            line.WriteString("level", NameOf(logEntry.LogLevel));
            line.WriteString("category", logEntry.Category);
            line.WriteString("message", Redaction.Clean(logEntry.Formatter(logEntry.State, logEntry.Exception)));
            if (logEntry.Exception is { } exception)
                line.WriteString("exception", Redaction.Clean(exception.ToString()));
            if (System.Diagnostics.Activity.Current is { } activity)
                line.WriteString("traceId", activity.TraceId.ToString());
            line.WriteEndObject();
        }
        textWriter.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "information",
        LogLevel.Warning => "warning",
        LogLevel.Error => "error",
        _ => "critical",
    };
}
