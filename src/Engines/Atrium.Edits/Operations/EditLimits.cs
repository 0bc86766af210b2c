namespace Atrium.Edits;

/// <summary>Upper bounds that keep a hostile call from costing much.</summary>
public sealed record EditLimits
{
    /// <summary>The bounds used when none are given.</summary>
    public static EditLimits Default { get; } = new();

    /// <summary>Longest file, in UTF-16 code units (default 32 Mi).</summary>
    public int FileLength { get; init; } = 32 * 1024 * 1024;

    /// <summary>Longest text of one edit, in UTF-16 code units (default 32 Mi).</summary>
    public int EditLength { get; init; } = 32 * 1024 * 1024;

    /// <summary>Most operations in one call (default 10,000).</summary>
    public int Operations { get; init; } = 10_000;
}
