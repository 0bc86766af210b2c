using Npgsql;

namespace Atrium.Platform.Configuration;

/// <summary>A PostgreSQL address, <c>postgres://user:password@host:port/name?sslmode=…</c>.</summary>
public sealed record DatabaseUrl(string ConnectionString)
{
    /// <summary>Without password; for messages to the operator.</summary>
    public string Display
    {
        get
        {
            var parts = new NpgsqlConnectionStringBuilder(ConnectionString);
            return $"{parts.Host}:{parts.Port}/{parts.Database}";
        }
    }

    /// <returns>Null for an empty text or a <c>sqlite:</c> address, which both mean the built-in SQLite.</returns>
    /// <exception cref="FormatException">Not an address of PostgreSQL. The message does not repeat it.</exception>
    public static DatabaseUrl? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase))
            return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("postgres" or "postgresql") || uri.Host.Length == 0 || uri.AbsolutePath.Length < 2)
            throw new FormatException("must look like postgres://user:password@host:5432/name (empty means SQLite).");
        var user = uri.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = uri.Host.Trim('[', ']'),
            Port = uri.Port > 0 ? uri.Port : 5432,
            Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]),
        };
        if (user[0].Length > 0)
            builder.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1)
            builder.Password = Uri.UnescapeDataString(user[1]);
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
            Apply(builder, pair.Split('=', 2));
        return new DatabaseUrl(builder.ToString());
    }

    private static void Apply(NpgsqlConnectionStringBuilder builder, string[] pair)
    {
        var value = Uri.UnescapeDataString(pair.Length > 1 ? pair[1] : "");
        switch (pair[0].ToLowerInvariant())
        {
            case "sslmode" when Enum.TryParse<SslMode>(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var mode):
                builder.SslMode = mode;
                break;
            case "host" when value.StartsWith('/'):
                builder.Host = value;
                break;
            default:
                throw new FormatException("has an unknown parameter after '?'; known: sslmode, host (a socket folder).");
        }
    }
}
