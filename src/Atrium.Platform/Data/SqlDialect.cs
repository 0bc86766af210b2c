namespace Atrium.Platform.Data;

/// <summary>The few places where the two engines' SQL differs. Everything else is the common subset.</summary>
public abstract class SqlDialect
{
    private SqlDialect()
    {
    }

    public static SqlDialect Sqlite { get; } = new SqliteDialect();

    public static SqlDialect Postgres { get; } = new PostgresDialect();

    /// <summary>Row lock at the end of a SELECT; SQLite's single writer needs none.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>A condition that holds where <paramref name="column"/> contains the text of <paramref name="parameter"/>, whatever the case.</summary>
    /// <remarks>Pass the parameter through <see cref="EscapeLike"/>. SQLite folds ASCII case only, so both sides are compared as stored folded.</remarks>
    public abstract string Contains(string column, string parameter);

    /// <summary>Makes a person's text a LIKE pattern that means itself, anywhere in the column.</summary>
    public static string EscapeLike(string text) =>
        "%" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";

    private sealed class SqliteDialect : SqlDialect
    {
        public override string ForUpdate => "";

        public override string Contains(string column, string parameter) => $"{column} LIKE {parameter} ESCAPE '\\'";
    }

    private sealed class PostgresDialect : SqlDialect
    {
        public override string ForUpdate => "FOR UPDATE";

        public override string Contains(string column, string parameter) => $"{column} ILIKE {parameter} ESCAPE '\\'";
    }
}
