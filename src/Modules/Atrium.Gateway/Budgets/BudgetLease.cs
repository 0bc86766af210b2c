using Atrium.Platform.Data;
using Atrium.Platform.Security.Audit;

namespace Atrium.Gateway.Budgets;

/// <summary>What a server asks of a budget.</summary>
/// <param name="Missing">Without this the call is too dear.</param>
/// <param name="Wanted">What spares the next calls the question.</param>
/// <param name="MayBeLast">No call of this server is under way.</param>
internal sealed record LeaseQuestion(Guid ServerId, long Missing, long Wanted, bool MayBeLast);

/// <summary>What it got. The last call of a budget gets whatever is left, and nobody else anything meanwhile.</summary>
internal sealed record LeaseGrant(long Amount, bool IsLast, bool IsRefused)
{
    /// <summary>The budget was found to be nearly used up, for the first time in its period.</summary>
    public bool IsAlert { get; init; }
}

/// <summary>Leases of a budget to servers. What is spent and what is leased never exceed the budget together.</summary>
internal static class BudgetLease
{
    public static LeaseGrant Take(WriteUnit unit, Budget budget, BudgetAccountKey key, LeaseQuestion question, DateTimeOffset now) =>
        Take(unit, budget, key, question) with { IsAlert = Alert(unit, budget, key, now) };

    private static LeaseGrant Take(WriteUnit unit, Budget budget, BudgetAccountKey key, LeaseQuestion question)
    {
        Open(unit, budget, key);
        var spent = unit.Scalar<long>(
            $"SELECT spent FROM gateway_budget_accounts WHERE budget_id = @BudgetId AND person = @Person AND period_start = @Start {unit.Dialect.ForUpdate}", key);
        var leases = unit.QuerySingleOrDefault<LeaseRow>(
            """
            SELECT CAST(COALESCE(SUM(CASE WHEN server_id = @ServerId THEN amount ELSE 0 END), 0) AS BIGINT) AS mine,
                CAST(COALESCE(SUM(CASE WHEN server_id = @ServerId THEN 0 ELSE amount END), 0) AS BIGINT) AS others
            FROM gateway_budget_leases WHERE budget_id = @BudgetId AND person = @Person AND period_start = @Start
            """,
            new { key.BudgetId, key.Person, key.Start, question.ServerId })!;
        var left = budget.Amount - spent - leases.Mine - leases.Others;
        var isLast = left < question.Missing && question.MayBeLast && leases.Others == 0 && budget.Amount > spent;
        if (left < question.Missing && !isLast)
            return new LeaseGrant(0, false, true);
        var amount = isLast ? Math.Max(0, left) : Math.Min(left, Math.Max(question.Missing, question.Wanted));
        unit.Execute(
            """
            INSERT INTO gateway_budget_leases (budget_id, person, period_start, server_id, amount) VALUES (@BudgetId, @Person, @Start, @ServerId, @amount)
            ON CONFLICT (budget_id, person, period_start, server_id) DO UPDATE SET amount = gateway_budget_leases.amount + excluded.amount
            """,
            new { key.BudgetId, key.Person, key.Start, question.ServerId, amount });
        return new LeaseGrant(amount, isLast, false);
    }

    public static void GiveBack(WriteUnit unit, BudgetAccountKey key, Guid serverId, long amount) =>
        unit.Execute(
            "UPDATE gateway_budget_leases SET amount = amount - @amount WHERE budget_id = @BudgetId AND person = @Person AND period_start = @Start AND server_id = @serverId",
            new { key.BudgetId, key.Person, key.Start, serverId, amount });

    /// <summary>Tells the admins once in a period, on whichever server it is seen.</summary>
    private static bool Alert(WriteUnit unit, Budget budget, BudgetAccountKey key, DateTimeOffset now)
    {
        var alert = (long)Math.Ceiling((decimal)budget.Amount * budget.AlertPercent / 100);
        var isFirst = unit.Execute(
            "UPDATE gateway_budget_accounts SET alerted_at = @now WHERE budget_id = @BudgetId AND person = @Person AND period_start = @Start AND alerted_at IS NULL AND spent >= @alert",
            new { key.BudgetId, key.Person, key.Start, now, alert }) == 1;
        if (isFirst)
            AuditLog.Append(unit, BudgetAudit.NearlyUsed(budget, key), now);
        return isFirst;
    }

    /// <summary>Makes an account with what the ledger already holds for it, so that a budget counts from the first day of its period.</summary>
    private static void Open(WriteUnit unit, Budget budget, BudgetAccountKey key) =>
        unit.Execute(
            $"""
            INSERT INTO gateway_budget_accounts (budget_id, person, period_start, spent)
            SELECT @BudgetId, @Person, @Start, CAST(COALESCE(SUM({BudgetSum.Of(budget)}), 0) AS BIGINT) FROM gateway_ledger WHERE {BudgetSum.Where(budget)}
            ON CONFLICT (budget_id, person, period_start) DO NOTHING
            """,
            BudgetSum.Parameters(budget, key));

    internal sealed record LeaseRow
    {
        public required long Mine { get; init; }

        public required long Others { get; init; }
    }
}
