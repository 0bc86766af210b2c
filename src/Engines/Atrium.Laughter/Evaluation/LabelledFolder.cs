namespace Atrium.Laughter.Evaluation;

/// <summary>A recording of a folder and its labels.</summary>
/// <param name="Path">The recording.</param>
/// <param name="Laughs">Where laughter is.</param>
public sealed record LabelledRecording(string Path, IReadOnlyList<Stretch> Laughs);

/// <summary>Finds the labelled recordings of a folder.</summary>
public static class LabelledFolder
{
    private static readonly string[] LabelKinds = [".txt", ".csv", ".json", ".mrt", ".xml"];

    private static readonly HashSet<string> AudioKinds = new(
        [".wav", ".ogg", ".opus", ".mp3", ".m4a", ".flac", ".aac", ".aiff", ".mp4", ".mka", ".webm", ".sph"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Pairs each recording with the label file of the same name beside it, or with its line in a label file of the
    /// folder; recordings without labels are left out. A prefix of the set is tolerated (<c>yt_ID.mp3</c> for <c>ID</c>).
    /// </summary>
    /// <exception cref="FormatException">A label file is damaged.</exception>
    public static IReadOnlyList<LabelledRecording> Read(string folder)
    {
        var files = Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).ToList();
        var shared = new Dictionary<string, IReadOnlyList<Stretch>>(StringComparer.Ordinal);
        foreach (var labels in files.Where(file => file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)).SelectMany(LabelFile.Read))
            shared[labels.Recording!] = labels.Laughs;

        var found = new List<LabelledRecording>();
        foreach (var file in files.Where(file => AudioKinds.Contains(Path.GetExtension(file))))
        {
            var name = Path.GetFileNameWithoutExtension(file);
            var own = LabelKinds.Select(kind => Path.ChangeExtension(file, kind)).FirstOrDefault(files.Contains);
            if (own is not null && LabelFile.Read(own) is [{ Recording: null } labels])
                found.Add(new LabelledRecording(file, labels.Laughs));
            else if (shared.TryGetValue(name, out var laughs) || (name.StartsWith("yt_", StringComparison.Ordinal) && shared.TryGetValue(name[3..], out laughs)))
                found.Add(new LabelledRecording(file, laughs));
        }

        return found;
    }
}
