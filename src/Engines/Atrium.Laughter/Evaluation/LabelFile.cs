using System.Globalization;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace Atrium.Laughter.Evaluation;

/// <summary>The laughter labels of some recordings.</summary>
/// <param name="Recording">Name of the recording, as the label file has it; null when the file is about one recording.</param>
/// <param name="Laughs">Where laughter is; empty when it is known that there is none.</param>
public sealed record RecordingLabels(string? Recording, IReadOnlyList<Stretch> Laughs);

/// <summary>
/// Reads label files: Audacity's (<c>start TAB end TAB text</c>), the AudioSet annotations of Gillick and others (CSV with
/// FileID, Start, End, Start.1 …), those of Omine and others (JSON with start_sec and end_sec), the meeting transcripts of
/// ICSI (.mrt) and AMI (words .xml), and the events that <c>laughter detect --json</c> prints.
/// </summary>
public static class LabelFile
{
    private const long LargestFile = 64 << 20;

    /// <summary>Reads a label file by its extension: .txt, .csv, .json, .mrt or .xml.</summary>
    /// <exception cref="FormatException">The file is damaged or of no known kind.</exception>
    public static IReadOnlyList<RecordingLabels> Read(string path)
    {
        if (new FileInfo(path).Length > LargestFile)
            throw new FormatException("The label file is too large.");
        try
        {
            return Path.GetExtension(path).ToUpperInvariant() switch
            {
                ".TXT" => [new RecordingLabels(null, Audacity(File.ReadAllLines(path)))],
                ".CSV" => Annotations(File.ReadAllLines(path)),
                ".JSON" => [new RecordingLabels(null, Json(File.ReadAllText(path)))],
                ".MRT" => [new RecordingLabels(null, Meeting(path, "Segment", "StartTime", "EndTime", IsLaughterSegment))],
                ".XML" => [new RecordingLabels(null, Meeting(path, "vocalsound", "starttime", "endtime", IsLaughSound))],
                _ => throw new FormatException("Labels are .txt, .csv, .json, .mrt or .xml."),
            };
        }
        catch (Exception error) when (error is JsonException or XmlException or InvalidOperationException)
        {
            throw new FormatException("The label file is damaged.", error);
        }
    }

    /// <summary>Lines whose text does not mention laughter are left out; lines without text count.</summary>
    private static List<Stretch> Audacity(string[] lines)
    {
        var laughs = new List<Stretch>();
        foreach (var line in lines.Where(line => line.Length > 0 && line[0] != '\\'))
        {
            var fields = line.Split('\t');
            if (fields.Length < 2)
                throw new FormatException("A line of the labels has no two times.");
            if (fields.Length < 3 || fields[2].Length == 0 || IsLaughter(fields[2]))
                Add(laughs, fields[0], fields[1]);
        }

        return Joined(laughs);
    }

    private static List<RecordingLabels> Annotations(string[] lines)
    {
        var heading = lines.FirstOrDefault()?.Split(',') ?? [];
        var name = Array.IndexOf(heading, "FileID");
        var pairs = Enumerable.Range(0, heading.Length)
            .Where(column => heading[column].StartsWith("Start", StringComparison.Ordinal))
            .Select(column => (Start: column, End: Array.IndexOf(heading, "End" + heading[column]["Start".Length..])))
            .Where(pair => pair.End >= 0)
            .ToList();
        if (name < 0 || pairs.Count == 0)
            throw new FormatException("The annotations have no FileID, Start and End.");
        return [.. lines.Skip(1).Where(line => line.Length > 0).Select(line =>
        {
            var fields = line.Split(',');
            if (fields.Length != heading.Length)
                throw new FormatException("A line of the annotations has another number of fields than the heading.");
            var laughs = new List<Stretch>();
            foreach (var (start, end) in pairs.Where(pair => fields[pair.Start].Length > 0 && fields[pair.End].Length > 0))
                Add(laughs, fields[start], fields[end]);
            return new RecordingLabels(fields[name], Joined(laughs));
        })];
    }

    private static List<Stretch> Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        var laughs = new List<Stretch>();
        if (root.TryGetProperty("events", out var events))
        {
            foreach (var item in events.EnumerateArray())
                laughs.Add(Checked(item.GetProperty("start").GetDouble(), item.GetProperty("end").GetDouble()));
        }
        else
        {
            foreach (var item in root.EnumerateObject())
            {
                laughs.Add(item.Value.TryGetProperty("start_sec", out var start) && item.Value.TryGetProperty("end_sec", out var end)
                    ? Checked(start.GetDouble(), end.GetDouble())
                    : throw new FormatException("A label has no start_sec and end_sec."));
            }
        }

        return Joined(laughs);
    }

    private static List<Stretch> Meeting(string path, string element, string start, string end, Func<XElement, bool> isLaughter)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null };
        using var reader = XmlReader.Create(path, settings);
        var laughs = new List<Stretch>();
        foreach (var item in XDocument.Load(reader).Descendants().Where(item => item.Name.LocalName == element && isLaughter(item)))
        {
            if (item.Attribute(start) is { } from && item.Attribute(end) is { } to)
                Add(laughs, from.Value, to.Value);
        }

        return Joined(laughs);
    }

    /// <summary>A segment counts when laughter is all that is in it.</summary>
    private static bool IsLaughterSegment(XElement segment) =>
        segment.Value.All(char.IsWhiteSpace)
        && segment.Elements().Any()
        && segment.Elements().All(sound => sound.Name.LocalName == "VocalSound" && IsLaughter(sound.Attribute("Description")?.Value ?? ""));

    private static bool IsLaughSound(XElement sound) => sound.Attribute("type")?.Value == "laugh";

    private static bool IsLaughter(string text) =>
        text.Contains("laugh", StringComparison.OrdinalIgnoreCase)
        || text.Contains("giggle", StringComparison.OrdinalIgnoreCase)
        || text.Contains("chuckle", StringComparison.OrdinalIgnoreCase)
        || text.Contains("snicker", StringComparison.OrdinalIgnoreCase);

    private static void Add(List<Stretch> laughs, string start, string end)
    {
        if (!double.TryParse(start, NumberStyles.Float, CultureInfo.InvariantCulture, out var from)
            || !double.TryParse(end, NumberStyles.Float, CultureInfo.InvariantCulture, out var to))
        {
            throw new FormatException("A time in the labels is no number.");
        }

        var stretch = Checked(from, to);
        // The public annotations write 0, 0 where there is no laughter.
        if (stretch.End > stretch.Start)
            laughs.Add(stretch);
    }

    private static Stretch Checked(double start, double end) =>
        start >= 0 && end >= start && double.IsFinite(end)
            ? new Stretch(start, end)
            : throw new FormatException("A label ends before it starts.");

    /// <summary>Two people who laugh together laugh once.</summary>
    private static List<Stretch> Joined(List<Stretch> laughs)
    {
        var joined = new List<Stretch>();
        foreach (var laugh in laughs.OrderBy(laugh => laugh.Start))
        {
            if (joined.Count > 0 && laugh.Start <= joined[^1].End)
                joined[^1] = joined[^1] with { End = Math.Max(joined[^1].End, laugh.End) };
            else
                joined.Add(laugh);
        }

        return joined;
    }
}
