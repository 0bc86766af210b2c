using System.Text.Json;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using FsCheck;
using FsCheck.Fluent;

namespace Atrium.Platform.Tests.Data;

public sealed class MoneyTests
{
    [Fact]
    public void Keeps_every_picodollar_through_the_database_and_json() =>
        Prop.ForAll<long>(picodollars =>
        {
            var money = Money.FromPicodollars(picodollars);
            return money.ToPicodollars() == picodollars && JsonSerializer.Deserialize<Money>(JsonSerializer.Serialize(money, JsonDefaults.Options), JsonDefaults.Options) == money;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("0.0128", "0.0128")]
    [InlineData("1.10", "1.1")]
    [InlineData("0", "0")]
    public void Writes_no_exponent_and_no_trailing_zeros(string given, string written) =>
        new Money(decimal.Parse(given, System.Globalization.CultureInfo.InvariantCulture)).ToString().ShouldBe(written);

    [Theory]
    [InlineData("1.5")]
    [InlineData("\"1e3\"")]
    [InlineData("\"\"")]
    [InlineData("\"$1\"")]
    public void Refuses_what_is_no_decimal_string(string json) => Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Money>(json, JsonDefaults.Options));
}
