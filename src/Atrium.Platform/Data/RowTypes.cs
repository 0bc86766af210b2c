using System.Data;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Atrium.Platform.Data;

/// <summary>
/// How values of row types are stored: ids as lower-case TEXT (SQLite) or uuid (PostgreSQL), times as UTC microseconds,
/// money as pico-dollars. Columns are snake_case, properties PascalCase.
/// </summary>
internal static class RowTypes
{
    private static readonly Lock once = new();
    private static bool isRegistered;

    public static void Register()
    {
        lock (once)
        {
            if (isRegistered)
                return;
            DefaultTypeMap.MatchNamesWithUnderscores = true;
            SqlMapper.RemoveTypeMap(typeof(Guid));
            SqlMapper.RemoveTypeMap(typeof(Guid?));
            SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
            SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
            SqlMapper.AddTypeHandler(new GuidHandler());
            SqlMapper.AddTypeHandler(new TimeHandler());
            SqlMapper.AddTypeHandler(new MoneyHandler());
            isRegistered = true;
        }
    }

    public static long ToMicroseconds(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset FromMicroseconds(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);

    private sealed class GuidHandler : SqlMapper.TypeHandler<Guid>
    {
        public override void SetValue(IDbDataParameter parameter, Guid value)
        {
            if (parameter is SqliteParameter)
            {
                parameter.DbType = DbType.String;
                parameter.Value = value.ToString("D", CultureInfo.InvariantCulture);
            }
            else
            {
                parameter.DbType = DbType.Guid;
                parameter.Value = value;
            }
        }

        public override Guid Parse(object value) => value is Guid id ? id : Guid.ParseExact((string)value, "D");
    }

    private sealed class TimeHandler : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value)
        {
            parameter.DbType = DbType.Int64;
            parameter.Value = ToMicroseconds(value);
        }

        public override DateTimeOffset Parse(object value) => FromMicroseconds(Convert.ToInt64(value, CultureInfo.InvariantCulture));
    }

    private sealed class MoneyHandler : SqlMapper.TypeHandler<Money>
    {
        public override void SetValue(IDbDataParameter parameter, Money value)
        {
            parameter.DbType = DbType.Int64;
            parameter.Value = value.ToPicodollars();
        }

        public override Money Parse(object value) => Money.FromPicodollars(Convert.ToInt64(value, CultureInfo.InvariantCulture));
    }
}
