using System.Text.Json;
using Atrium.Contracts.Accounts;
using Atrium.Platform.Data;

namespace Atrium.Gateway.Budgets;

/// <summary>What a budget counts together.</summary>
public enum BudgetKind
{
    /// <summary>Every call.</summary>
    All,

    /// <summary>Calls with one API key.</summary>
    Key,

    /// <summary>Calls of one model, as <c>provider/model</c> or by its bare name.</summary>
    Model,

    /// <summary>Calls with one provider key of the house.</summary>
    HouseKey,

    /// <summary>Calls of one module, such as assistant or api.</summary>
    Module,
}

/// <summary>How long a budget lasts: a UTC day or a UTC month.</summary>
public enum BudgetPeriod
{
    Day,
    Month,
}

/// <summary>In what a budget is counted.</summary>
public enum BudgetUnit
{
    Dollars,
    Tokens,
    Messages,
}

/// <summary>How much may be used of something in a period. Calls that would go beyond are refused before they are made.</summary>
internal sealed record Budget
{
    public const string Everyone = "everyone";
    public const string Each = "each";
    private const string GroupPrefix = "group:";

    public const string ByAdmin = "admin";
    public const string ByPerson = "person";
    public const string Columns = "id, owner, set_by, kind, subject, period, unit, amount, alert_percent, created_at";

    public required Guid Id { get; init; }

    /// <summary>A person's id, or <c>group:</c> and a group's id, or <see cref="Each"/>, or <see cref="Everyone"/>.</summary>
    public required string Owner { get; init; }

    public required string SetBy { get; init; }

    public required string Kind { get; init; }

    public required string Subject { get; init; }

    public required string Period { get; init; }

    public required string Unit { get; init; }

    /// <summary>Pico-dollars, tokens or messages.</summary>
    public required long Amount { get; init; }

    /// <summary>From here on it shows as nearly used up.</summary>
    public required long AlertPercent { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whose calls it counts where a group owns it; a group's members count together. Not stored: people come and go.</summary>
    public IReadOnlySet<Guid> Members { get; init; } = new HashSet<Guid>();

    /// <summary>Null: no group's.</summary>
    public Guid? GroupId => Owner.StartsWith(GroupPrefix, StringComparison.Ordinal) && Guid.TryParseExact(Owner.AsSpan(GroupPrefix.Length), "D", out var id) ? id : null;

    /// <summary>Where a person's calls are counted; empty where several people count together.</summary>
    public string AccountOf(Guid personId) => Owner == Everyone || GroupId is not null ? "" : personId.ToString();

    public static string OwnerOf(PeopleGroup group) => GroupPrefix + group.Id;

    public DateTimeOffset StartOf(DateTimeOffset now) =>
        new(now.UtcDateTime.Year, now.UtcDateTime.Month, Period == Text(BudgetPeriod.Day) ? now.UtcDateTime.Day : 1, 0, 0, 0, TimeSpan.Zero);

    public DateTimeOffset EndOf(DateTimeOffset start) => Period == Text(BudgetPeriod.Day) ? start.AddDays(1) : start.AddMonths(1);

    /// <summary>One budget for the same thing and period: setting it again changes its amount.</summary>
    public static Budget? Store(WriteUnit unit, Budget budget) =>
        unit.QuerySingleOrDefault<Budget>(
            $"""
            INSERT INTO gateway_budgets ({Columns})
            VALUES (@Id, @Owner, @SetBy, @Kind, @Subject, @Period, @Unit, @Amount, @AlertPercent, @CreatedAt)
            ON CONFLICT (owner, set_by, kind, subject, period, unit) DO UPDATE SET amount = excluded.amount, alert_percent = excluded.alert_percent
            RETURNING {Columns}
            """,
            budget);

    /// <param name="owner">Null: whoever's it is.</param>
    /// <returns>False when there is no such budget. What is spent of it goes with it; calls under way settle with nothing.</returns>
    public static bool Delete(WriteUnit unit, Guid id, string? owner, string setBy)
    {
        if (unit.Execute("DELETE FROM gateway_budgets WHERE id = @id AND owner = COALESCE(@owner, owner) AND set_by = @setBy", new { id, owner, setBy }) == 0)
            return false;
        unit.Execute("DELETE FROM gateway_budget_leases WHERE budget_id = @id", new { id });
        unit.Execute("DELETE FROM gateway_budget_accounts WHERE budget_id = @id", new { id });
        return true;
    }

    public static string Text<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
