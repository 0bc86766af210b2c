namespace Atrium.Platform.Data;

/// <summary>The database cannot be used now. Nothing was written; the caller may try again. Becomes 503 with Retry-After.</summary>
public sealed class DatabaseUnavailableException(string reason, Exception? inner = null) : Exception(reason, inner);

/// <summary>The disk under the database is full. Nothing was written; reads go on. Becomes 507.</summary>
public sealed class StorageFullException(Exception? inner = null) : Exception("The disk under the database is full.", inner);

/// <summary>A unique constraint refused a row. Slices turn it into the conflict their contract names.</summary>
public sealed class UniqueViolationException(string constraint, Exception inner) : Exception($"Not unique: {constraint}.", inner)
{
    /// <summary>PostgreSQL: the constraint's name. SQLite: <c>table.column</c>, several joined by a comma.</summary>
    public string Constraint { get; } = constraint;
}
