using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Atrium.Laughter;
using Atrium.Laughter.Audio;
using Atrium.Laughter.Clips;
using Atrium.Laughter.Evaluation;
using Atrium.Laughter.Events;
using Atrium.Laughter.Network;
using Spectre.Console;

namespace Atrium.Host.Commands;

/// <summary><c>atrium laughter detect|evaluate|models</c>. With <c>--json</c> nothing but JSON is on standard output.</summary>
internal static partial class LaughterCommand
{
    private static readonly Option<string?> Model = new("--model") { Description = "A YAMNet ONNX file, or 'lite' for the detector that needs none. Default: the first model of the store, else lite." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON and nothing else." };
    private static readonly Option<double?> Enter = new("--enter") { Description = "Score that starts an event, 0 to 1." };
    private static readonly Option<double?> Stay = new("--stay") { Description = "Score down to which an event lasts, 0 to 1." };

    private static readonly IAnsiConsole Notes = AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = Console.IsErrorRedirected ? AnsiSupport.No : AnsiSupport.Detect,
        ColorSystem = Console.IsErrorRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        Out = new AnsiConsoleOutput(Console.Error),
    });

    public static Command Create() => new("laughter", "Finds laughter in recordings.") { Detect(), Evaluate(), Models() };

    private static Command Detect()
    {
        var file = new Argument<string>("file") { Description = "A recording of any kind." };
        var clips = new Option<string?>("--clips") { Description = "Folder to cut a clip of each event into." };
        var format = new Option<string>("--format") { Description = "Kind of the clips: ogg, m4a or wav.", DefaultValueFactory = _ => "ogg" };
        format.AcceptOnlyFromAmong("ogg", "m4a", "wav");
        var command = new Command("detect", "Lists the laughter of a recording.") { file, Model, Enter, Stay, clips, format, Json };
        command.SetAction((result, cancellation) => ReportAsync(async () =>
        {
            var path = result.GetRequiredValue(file);
            var detector = Detector(result);
            var events = await DetectAsync(detector, path, cancellation);
            var folder = result.GetValue(clips);
            var names = folder is null ? [] : await CutAsync(path, folder, result.GetRequiredValue(format), events, cancellation);
            if (result.GetValue(Json))
                WriteEvents(events, names);
            else
                ShowEvents(detector, events);
        }));
        return command;
    }

    private static Command Evaluate()
    {
        var folder = new Argument<string>("folder") { Description = "Recordings with label files of the same names, or with one CSV." };
        var command = new Command("evaluate", "Compares what is found with labels.") { folder, Model, Enter, Stay, Json };
        command.SetAction((result, cancellation) => ReportAsync(async () =>
        {
            var detector = Detector(result);
            var scored = new List<RecordingScores>();
            var labelled = LabelledFolder.Read(result.GetRequiredValue(folder));
            if (labelled.Count == 0)
                throw new IOException("The folder has no recording with labels of the same name.");
            foreach (var recording in labelled)
            {
                Notes.MarkupLineInterpolated($"[grey]{Path.GetFileName(recording.Path)}[/]");
                var frames = await detector.ScoreAsync(recording.Path, cancellation: cancellation);
                scored.Add(new RecordingScores(Path.GetFileName(recording.Path), frames.Count == 0 ? 0 : frames[^1].End, recording.Laughs, frames));
            }

            var report = EvaluationReport.Of(scored, detector.Rules);
            if (result.GetValue(Json))
                Console.Out.WriteLine(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
            else
                ShowReport(report);
        }));
        return command;
    }

    private static LaughterDetector Detector(ParseResult result)
    {
        var model = result.GetValue(Model) ?? Store().Default ?? "lite";
        var network = model == "lite" ? null : Yamnet.Load(model);
        var rules = network is null ? EventRules.ForLite : EventRules.ForYamnet;
        var enter = result.GetValue(Enter) ?? rules.Enter;
        return new LaughterDetector(network, rules with { Enter = enter, Stay = result.GetValue(Stay) ?? Math.Min(rules.Stay, enter) });
    }

    private static async Task<List<LaughEvent>> DetectAsync(LaughterDetector detector, string path, CancellationToken cancellation)
    {
        var events = new List<LaughEvent>();
        await Notes.Progress().AutoClear(true).StartAsync(async progress =>
        {
            var task = progress.AddTask(detector.IsLite ? "Listening (lite)" : "Listening (YAMNet)");
            var length = await AudioLength.AskAsync(path, cancellation: cancellation);
            task.IsIndeterminate = length is null;
            task.MaxValue = length?.TotalSeconds ?? 1;
            await foreach (var found in detector.DetectAsync(path, progress: new Progress<double>(seconds => task.Value = seconds), cancellation: cancellation))
                events.Add(found);
        });
        return events;
    }

    private static async Task<List<string>> CutAsync(string path, string folder, string format, List<LaughEvent> events, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var names = new List<string>();
        foreach (var found in events)
        {
            var name = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(path)}-{Clock(found.Start).Replace(':', '.')}.{format}");
            await ClipCutter.CutAsync(path, name, found.ClipStart, found.ClipEnd, cancellation: cancellation);
            names.Add(name);
        }

        return names;
    }

    private static void WriteEvents(List<LaughEvent> events, List<string> clips)
    {
        using var output = Console.OpenStandardOutput();
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        writer.WriteStartArray("events");
        for (var i = 0; i < events.Count; i++)
        {
            writer.WriteStartObject();
            writer.WriteNumber("start", Math.Round(events[i].Start, 3));
            writer.WriteNumber("end", Math.Round(events[i].End, 3));
            writer.WriteNumber("score", Math.Round(events[i].Score, 4));
            writer.WriteString("label", Label(events[i]));
            if (clips.Count > 0)
                writer.WriteString("clip", clips[i]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        output.WriteByte((byte)'\n');
    }

    private static void ShowEvents(LaughterDetector detector, List<LaughEvent> events)
    {
        var table = new Table().AddColumns("Start", "Length", "Score", "Kind");
        foreach (var found in events)
            table.AddRow(Clock(found.Start), $"{found.Length:0.0} s", $"{found.Score:P0}", Label(found) + (found.IsBroadcast ? " (broadcast?)" : ""));
        AnsiConsole.Write(table);
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{events.Count} events{(detector.IsLite ? ", found without a model: possible laughter only" : "")}.");
    }

    private static void ShowReport(EvaluationReport report)
    {
        var table = new Table().AddColumns("Measure", "Precision", "Recall", "F1");
        void Row(string name, Counts counts) => table.AddRow(name, $"{counts.Precision:0.000}", $"{counts.Recall:0.000}", $"{counts.F1:0.000}");
        Row("clips", report.Clips);
        Row("frames", report.Frames);
        foreach (var (name, counts) in report.Events)
            Row($"events, {name}", counts);
        AnsiConsole.Write(table);
        AnsiConsole.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"{report.Recordings} recordings, {report.Hours:0.00} h, {report.Laughs} laughs; {report.FalseAlarmsPerHour:0.0} false alarms an hour; onsets {report.OnsetError:0.00} s off (median); area of the sweep {report.SweepArea:0.000}.");
    }

    private static string Label(LaughEvent found) => found.IsPossible ? "Possible laughter" : found.Label;

    private static string Clock(double seconds)
    {
        var time = TimeSpan.FromSeconds(seconds);
        return string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time:mm\\:ss\\.f}");
    }

    private static Task<int> ReportAsync(Action work) => ReportAsync(() =>
    {
        work();
        return Task.CompletedTask;
    });

    private static async Task<int> ReportAsync(Func<Task> work)
    {
        try
        {
            await work();
            return 0;
        }
        catch (Exception exception) when (exception is AudioException or ModelException or FormatException or ArgumentException or IOException or HttpRequestException or UnauthorizedAccessException)
        {
            var message = exception is HttpRequestException ? "The model could not be downloaded: " + exception.Message : exception.Message;
            await Console.Error.WriteLineAsync(message.Split(" (Parameter")[0]);
            return 1;
        }
    }
}
