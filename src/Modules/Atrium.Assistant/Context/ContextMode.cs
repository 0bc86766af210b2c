namespace Atrium.Assistant.Context;

/// <summary>What a person wants when a talk grows longer than its model can read. Stored by name.</summary>
internal static class ContextMode
{
    /// <summary>The oldest messages are left out.</summary>
    public const string DropOldest = "drop-oldest";

    /// <summary>The model itself sums up what was said before.</summary>
    public const string Compact = "compact";

    /// <summary>Nothing is asked, and the answer says why.</summary>
    public const string Stop = "stop";

    public static readonly IReadOnlyList<string> All = [DropOldest, Compact, Stop];
}
