namespace Atrium.Edits.Tests.Mutations;

/// <summary>Real files to edit: those of the npm packages under corpus/ and the repository's own C#.</summary>
internal static class Corpus
{
    public const string Missing = "The corpus is not there: run tests/Atrium.Edits.Tests/prepare-corpus.sh first.";

    private const int PerKind = 40;

    // Kind, file endings, folders under corpus/node_modules.
    private static readonly (string Kind, string[] Endings, string[] Folders)[] Kinds =
    [
        ("JavaScript", [".js", ".mjs", ".cjs"], ["codemirror/lib", "codemirror/mode", "codemirror/addon", "node-gyp/lib", "semver", "minimatch/dist", "tar/dist/esm", "startbootstrap-sb-admin"]),
        ("TypeScript", [".ts"], ["rxjs/src/internal", "lru-cache/dist", "glob/dist", "path-scurry/dist"]),
        ("CSS", [".css"], ["codemirror/theme", "codemirror/lib", "animate.css/source", "html5-boilerplate"]),
        ("HTML", [".html"], ["html5-boilerplate", "startbootstrap-sb-admin", "codemirror"]),
        ("Markdown", [".md"], [""]),
        ("JSON", [".json"], [""]),
        ("Python", [".py"], ["node-gyp/gyp"]),
    ];

    public static bool IsThere => Directory.Exists(Folder);

    public static string Root { get; } = FindRoot();

    private static string Folder => Path.Combine(Root, "tests/Atrium.Edits.Tests/corpus/node_modules");

    /// <summary>The files in a fixed order, by kind; each 15 to 6,000 lines long.</summary>
    public static List<CorpusFile> Load()
    {
        var files = new List<CorpusFile>();
        foreach (var (kind, endings, folders) in Kinds)
        {
            var paths = folders.Select(folder => Path.Combine(Folder, folder)).Where(Directory.Exists)
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
                .Where(path => endings.Contains(Path.GetExtension(path), StringComparer.Ordinal) && !path.Contains(".min.", StringComparison.Ordinal));
            files.AddRange(Choose(kind, Folder, paths));
        }

        files.AddRange(Choose("C#", Root, Directory.EnumerateFiles(Path.Combine(Root, "src/Engines/Atrium.Edits"), "*.cs", SearchOption.AllDirectories)));
        return files;
    }

    private static List<CorpusFile> Choose(string kind, string root, IEnumerable<string> paths)
    {
        var usable = paths.Distinct(StringComparer.Ordinal)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal))
            .Select(path => new CorpusFile(kind, Path.GetRelativePath(root, path).Replace('\\', '/'), File.ReadAllText(path)))
            .Where(file => file.Content.AsSpan().Count('\n') is >= 15 and <= 6000 && !file.Content.Contains('\0', StringComparison.Ordinal))
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .ToList();
        // Spread over the list, so that one package does not fill the quota.
        var step = Math.Max(1.0, usable.Count / (double)PerKind);
        return [.. Enumerable.Range(0, Math.Min(PerKind, usable.Count)).Select(index => usable[(int)(index * step)])];
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Atrium.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("Atrium.slnx is in no folder above the tests.");
    }
}

/// <summary>A file of the corpus.</summary>
internal sealed record CorpusFile(string Kind, string Path, string Content);
