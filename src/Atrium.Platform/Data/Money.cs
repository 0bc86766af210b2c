using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atrium.Platform.Data;

/// <summary>
/// An amount in US dollars. <c>decimal</c> in code, pico-dollars (10⁻¹² USD, BIGINT) in the database, a decimal string in JSON.
/// Range: ±9.2 million dollars; finer parts than a pico-dollar are rounded half away from zero when stored.
/// </summary>
[JsonConverter(typeof(MoneyJsonConverter))]
public readonly record struct Money(decimal Dollars) : IComparable<Money>
{
    private const decimal PicoPerDollar = 1_000_000_000_000m;

    public static readonly Money Zero;

    public static Money FromPicodollars(long picodollars) => new(picodollars / PicoPerDollar);

    /// <exception cref="OverflowException">The amount does not fit a BIGINT of pico-dollars.</exception>
    public long ToPicodollars() => decimal.ToInt64(decimal.Round(Dollars * PicoPerDollar, MidpointRounding.AwayFromZero));

    public static Money operator +(Money left, Money right) => new(left.Dollars + right.Dollars);

    public static Money operator -(Money left, Money right) => new(left.Dollars - right.Dollars);

    public static bool operator <(Money left, Money right) => left.Dollars < right.Dollars;

    public static bool operator >(Money left, Money right) => left.Dollars > right.Dollars;

    public static bool operator <=(Money left, Money right) => left.Dollars <= right.Dollars;

    public static bool operator >=(Money left, Money right) => left.Dollars >= right.Dollars;

    public int CompareTo(Money other) => Dollars.CompareTo(other.Dollars);

    public override string ToString() => Dollars.ToString("0.############", CultureInfo.InvariantCulture);
}

internal sealed class MoneyJsonConverter : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
        && decimal.TryParse(reader.GetString(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var dollars)
            ? new Money(dollars)
            : throw new JsonException("Money is a decimal string such as \"0.25\".");

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
