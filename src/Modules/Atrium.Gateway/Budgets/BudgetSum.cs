using Dapper;

namespace Atrium.Gateway.Budgets;

/// <summary>What of the ledger counts towards a budget, in SQL. The words come from here, everything a person typed is a parameter.</summary>
internal static class BudgetSum
{
    /// <summary>What the house asks models for by itself is no message of a person.</summary>
    public static readonly string[] Background = ["title", "compact"];

    public static string Of(Budget budget) => budget.Unit switch
    {
        "dollars" => "cost",
        "tokens" => "input_tokens + output_tokens",
        _ => $"CASE WHEN provider = 'offline' OR feature IN ({string.Join(", ", Background.Select(feature => $"'{feature}'"))}) THEN 0 ELSE 1 END",
    };

    public static string Where(Budget budget)
    {
        var people = budget.GroupId is not null ? $" AND person_id IN ({MembersOf(budget)})" : budget.Owner == Budget.Everyone ? "" : " AND person_id = @PersonId";
        return "at >= @Start AND at < @End AND status <> 'cached'" + people + budget.Kind switch
        {
            "key" => " AND api_key_id = @KeyId",
            "house-key" => " AND key_id = @KeyId",
            "model" => " AND (model = @Subject OR provider || '/' || model = @Subject)",
            "module" => " AND module = @Subject",
            _ => "",
        };
    }

    public static DynamicParameters Parameters(Budget budget, BudgetAccountKey key)
    {
        var parameters = new DynamicParameters(new
        {
            key.BudgetId,
            key.Person,
            key.Start,
            End = budget.EndOf(key.Start),
            PersonId = Guid.TryParse(key.Person, out var person) ? person : Guid.Empty,
            KeyId = Guid.TryParse(budget.Subject, out var keyId) ? keyId : Guid.Empty,
            budget.Subject,
        });
        foreach (var (index, member) in budget.Members.Index())
            parameters.Add("Member" + index, member);
        return parameters;
    }

    // Nobody is a member of a group that is gone or empty.
    private static string MembersOf(Budget budget) => budget.Members.Count == 0 ? "NULL" : string.Join(", ", budget.Members.Index().Select(member => "@Member" + member.Index));
}
