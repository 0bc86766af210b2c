using Atrium.Platform.Data;

namespace Atrium.Assistant.Imports;

/// <summary>Where an import is in its life. Stored by name.</summary>
internal static class ImportStatus
{
    public const string Queued = "queued";
    public const string Running = "running";
    public const string Finished = "finished";
    public const string Failed = "failed";

    /// <summary>The server ended. What was imported is kept; importing the same file again adds the rest and doubles nothing.</summary>
    public const string Interrupted = "interrupted";
}

internal sealed record ImportError(string Code, string Title);

/// <summary>An import as its owner sees it.</summary>
internal sealed record Import
{
    public required Guid Id { get; init; }

    public required string Status { get; init; }

    /// <summary>0 to 1 of the file's bytes.</summary>
    public required double Done { get; init; }

    public required ImportReport Report { get; init; }

    public ImportError? Error { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}

/// <summary>A row of <c>assistant_imports</c>.</summary>
internal sealed record ImportRow
{
    public const string Columns = "id, status, bytes_read, bytes_total, report, error, created_at, finished_at";

    public required Guid Id { get; init; }

    public required string Status { get; init; }

    public required long BytesRead { get; init; }

    public required long BytesTotal { get; init; }

    public required string Report { get; init; }

    public string? Error { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    public Import ToImport() => new()
    {
        Id = Id,
        Status = Status,
        Done = Status == ImportStatus.Finished ? 1 : Math.Round(Math.Min(1, (double)BytesRead / Math.Max(1, BytesTotal)), 3),
        Report = StoredJson.Read<ImportReport>(Report)!,
        Error = StoredJson.Read<ImportError>(Error),
        CreatedAt = CreatedAt,
        FinishedAt = FinishedAt,
    };
}
