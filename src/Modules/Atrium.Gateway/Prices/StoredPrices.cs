using System.Globalization;
using Atrium.Gateway.SharedRows;
using Atrium.Platform.Data;
using Atrium.Platform.Security.Audit;

namespace Atrium.Gateway.Prices;

/// <summary>The admin's prices: stored as rows, and put into the price table of every server.</summary>
internal sealed class StoredPrices(Database database, PriceTable table) : ISharedRows, IDisposable
{
    public const int Most = 10_000;
    public const string RowsName = "prices";

    private const string Columns = "id, provider, model, from_day, input, output, cached, cache_write, reasoning, image, request, long_above, long_input, long_output, long_cached, set_at";

    private readonly SemaphoreSlim gate = new(1);

    public string Name => RowsName;

    public async Task LoadAsync(CancellationToken cancellation)
    {
        // In turns, so that rows read earlier never take the place of newer ones.
        await gate.WaitAsync(cancellation);
        try
        {
            table.Take((await database.QueryAsync<Row>($"SELECT {Columns} FROM gateway_prices", null, cancellation)).Select(row => row.ToPrice()));
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>One row for a model and day: setting it again takes its place.</summary>
    /// <returns>The row's id; null when there are too many.</returns>
    public async Task<Guid?> SetAsync(Price price, AuditEntry audit, DateTimeOffset now, CancellationToken cancellation)
    {
        var row = Row.Of(price, Guid.CreateVersion7(now), now);
        var id = await database.WriteAsync(unit => unit.Scalar<long>("SELECT COUNT(*) FROM gateway_prices") < Most ? Store(unit, row, audit) : null, cancellation);
        await LoadAsync(cancellation);
        return id;
    }

    /// <returns>False when there is no such row.</returns>
    public async Task<bool> DeleteAsync(Guid id, AuditEntry audit, DateTimeOffset now, CancellationToken cancellation)
    {
        var isDeleted = await database.WriteAsync(
            unit =>
            {
                SharedRowsVersion.Raise(unit, RowsName);
                var wasThere = unit.Execute("DELETE FROM gateway_prices WHERE id = @id", new { id }) == 1;
                if (wasThere)
                    AuditLog.Append(unit, audit, now);
                return wasThere;
            },
            cancellation);
        await LoadAsync(cancellation);
        return isDeleted;
    }

    public void Dispose() => gate.Dispose();

    private static Guid? Store(WriteUnit unit, Row row, AuditEntry audit)
    {
        SharedRowsVersion.Raise(unit, RowsName);
        var id = unit.QuerySingleOrDefault<Guid>(
            $"""
            INSERT INTO gateway_prices ({Columns})
            VALUES (@Id, @Provider, @Model, @FromDay, @Input, @Output, @Cached, @CacheWrite, @Reasoning, @Image, @Request, @LongAbove, @LongInput, @LongOutput, @LongCached, @SetAt)
            ON CONFLICT (provider, model, from_day) DO UPDATE SET input = excluded.input, output = excluded.output, cached = excluded.cached,
                cache_write = excluded.cache_write, reasoning = excluded.reasoning, image = excluded.image, request = excluded.request, long_above = excluded.long_above,
                long_input = excluded.long_input, long_output = excluded.long_output, long_cached = excluded.long_cached, set_at = excluded.set_at
            RETURNING id
            """,
            row);
        AuditLog.Append(unit, audit with { Target = id }, row.SetAt);
        return id;
    }

    internal sealed record Row
    {
        private const string DayFormat = "yyyy-MM-dd";

        public required Guid Id { get; init; }

        public required string Provider { get; init; }

        public required string Model { get; init; }

        /// <summary>Empty: since ever.</summary>
        public required string FromDay { get; init; }

        public Money? Input { get; init; }

        public Money? Output { get; init; }

        public Money? Cached { get; init; }

        public Money? CacheWrite { get; init; }

        public Money? Reasoning { get; init; }

        public Money? Image { get; init; }

        public Money? Request { get; init; }

        public long? LongAbove { get; init; }

        public Money? LongInput { get; init; }

        public Money? LongOutput { get; init; }

        public Money? LongCached { get; init; }

        public required DateTimeOffset SetAt { get; init; }

        public static Row Of(Price price, Guid id, DateTimeOffset now) => new()
        {
            Id = id,
            Provider = price.Provider,
            Model = price.Model,
            FromDay = price.From?.ToString(DayFormat, CultureInfo.InvariantCulture) ?? "",
            Input = MoneyOf(price.Input),
            Output = MoneyOf(price.Output),
            Cached = MoneyOf(price.Cached),
            CacheWrite = MoneyOf(price.CacheWrite),
            Reasoning = MoneyOf(price.Reasoning),
            Image = MoneyOf(price.Image),
            Request = MoneyOf(price.Request),
            LongAbove = price.LongContext?.Above,
            LongInput = MoneyOf(price.LongContext?.Input),
            LongOutput = MoneyOf(price.LongContext?.Output),
            LongCached = MoneyOf(price.LongContext?.Cached),
            SetAt = now,
        };

        public Price ToPrice() => new()
        {
            Id = Id,
            Source = PriceSource.Admin,
            Provider = Provider,
            Model = Model,
            From = FromDay.Length == 0 ? null : DateOnly.ParseExact(FromDay, DayFormat, CultureInfo.InvariantCulture),
            Input = Input?.Dollars,
            Output = Output?.Dollars,
            Cached = Cached?.Dollars,
            CacheWrite = CacheWrite?.Dollars,
            Reasoning = Reasoning?.Dollars,
            Image = Image?.Dollars,
            Request = Request?.Dollars,
            LongContext = this is { LongAbove: { } above, LongInput: { } input, LongOutput: { } output }
                ? new LongContextPrice { Above = above, Input = input.Dollars, Output = output.Dollars, Cached = LongCached?.Dollars }
                : null,
        };

        private static Money? MoneyOf(decimal? dollars) => dollars is { } amount ? new Money(amount) : null;
    }
}
