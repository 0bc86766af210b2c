using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Atrium.Gateway.ApiKeys;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Atrium.Gateway.Budgets;

/// <summary>A budget as people see and set it.</summary>
internal static class BudgetView
{
    public const string Route = "/api/budgets";
    public const string AdminRoute = "/api/admin/budgets";
    public const string AmountRule = "This is an amount above 0 and at most 1000000.";

    private const decimal MostDollars = 1_000_000m;
    private const long MostCount = 1_000_000_000_000;
    private const long DefaultAlert = 80;

    public record Terms
    {
        /// <summary>all, key, model, module, or for admins house-key.</summary>
        public BudgetKind Kind { get; init; }

        /// <summary>A key's id, a model as <c>provider/model</c> or by its bare name, or a module; nothing for all.</summary>
        [StringLength(200), Printable]
        public string? Subject { get; init; }

        public required BudgetPeriod Period { get; init; }

        public BudgetUnit Unit { get; init; }

        /// <summary>A decimal string: US dollars, or whole tokens or messages.</summary>
        [StringLength(40, MinimumLength = 1)]
        public required string Amount { get; init; }

        /// <summary>From this part of it on it shows as nearly used up.</summary>
        [Range(1, 100)]
        public int? AlertPercent { get; init; }
    }

    public sealed record Item
    {
        public required Guid Id { get; init; }

        /// <summary>all, key, model, module or house-key.</summary>
        public required string Kind { get; init; }

        public string? Subject { get; init; }

        public required string Period { get; init; }

        public required string Unit { get; init; }

        public required string Amount { get; init; }

        public required string Spent { get; init; }

        /// <summary>What running calls hold, and what of a server that was killed is not known.</summary>
        public required string Held { get; init; }

        public required int AlertPercent { get; init; }

        /// <summary>ok, alert or reached.</summary>
        public required string State { get; init; }

        /// <summary>person or admin: who may change it.</summary>
        public required string SetBy { get; init; }

        /// <summary>A person's id, group: and a group's id, each or everyone.</summary>
        public required string Owner { get; init; }

        /// <summary>The name of the person or group. Null: it is not there any more, or there is none to name.</summary>
        public string? OwnerName { get; init; }

        public required DateTimeOffset ResetsAt { get; init; }
    }

    public static bool IsAmount(Money amount) => amount.Dollars is > 0 and <= MostDollars && amount.ToPicodollars() > 0;

    /// <returns>The budget, or the field that is wrong.</returns>
    public static (Budget? Budget, ProblemHttpResult? Problem) Read(Terms terms, string owner, string setBy, DateTimeOffset now)
    {
        var subject = terms.Subject?.Trim() ?? "";
        if (terms.Kind == BudgetKind.All != (subject.Length == 0))
            return (null, Problems.Invalid("subject", terms.Kind == BudgetKind.All ? "There is none for all." : "Say which."));
        if (terms.Kind == BudgetKind.HouseKey && setBy != Budget.ByAdmin)
            return (null, Problems.Invalid("kind", "Only an admin sets budgets of the house's keys."));
        if (terms.Kind is BudgetKind.Key or BudgetKind.HouseKey && !Guid.TryParseExact(subject, "D", out _))
            return (null, Problems.Invalid("subject", "This is the id of a key."));
        if (AmountOf(terms) is not { } amount)
            return (null, Problems.Invalid("amount", terms.Unit == BudgetUnit.Dollars ? AmountRule : "This is a whole number above 0."));
        return (new Budget
        {
            Id = Guid.CreateVersion7(now),
            Owner = owner,
            SetBy = setBy,
            Kind = Budget.Text(terms.Kind),
            Subject = terms.Kind is BudgetKind.Key or BudgetKind.HouseKey ? subject.ToLowerInvariant() : subject,
            Period = Budget.Text(terms.Period),
            Unit = Budget.Text(terms.Unit),
            Amount = amount,
            AlertPercent = terms.AlertPercent ?? DefaultAlert,
            CreatedAt = now,
        }, null);
    }

    /// <summary>The budget a key is made with.</summary>
    public static Budget ForKey(ApiKey key, Money amount) => new()
    {
        Id = Guid.CreateVersion7(key.CreatedAt),
        Owner = key.PersonId.ToString(),
        SetBy = Budget.ByPerson,
        Kind = "key",
        Subject = key.Id.ToString(),
        Period = "month",
        Unit = "dollars",
        Amount = amount.ToPicodollars(),
        AlertPercent = DefaultAlert,
        CreatedAt = key.CreatedAt,
    };

    public static Item Of(Budget budget, long spent, long held, DateTimeOffset now) => new()
    {
        Id = budget.Id,
        Kind = budget.Kind,
        Subject = budget.Subject.Length == 0 ? null : budget.Subject,
        Period = budget.Period,
        Unit = budget.Unit,
        Amount = TextOf(budget, budget.Amount),
        Spent = TextOf(budget, spent),
        Held = TextOf(budget, held),
        AlertPercent = (int)budget.AlertPercent,
        State = spent >= budget.Amount ? "reached" : spent >= (decimal)budget.Amount * budget.AlertPercent / 100 ? "alert" : "ok",
        SetBy = budget.SetBy,
        Owner = budget.Owner,
        ResetsAt = budget.EndOf(budget.StartOf(now)),
    };

    public static string TextOf(Budget budget, long amount) =>
        budget.Unit == "dollars" ? Money.FromPicodollars(amount).ToString() : amount.ToString(CultureInfo.InvariantCulture);

    private static long? AmountOf(Terms terms)
    {
        if (terms.Unit != BudgetUnit.Dollars)
            return long.TryParse(terms.Amount, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= MostCount ? count : null;
        return decimal.TryParse(terms.Amount, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var dollars) && dollars <= MostDollars && IsAmount(new Money(dollars))
            ? new Money(dollars).ToPicodollars()
            : null;
    }
}
