using System.Text.Json.Serialization;
using Atrium.Platform.Data;

namespace Atrium.Gateway.DefaultModels;

/// <summary>The model a person has set for one use, as <c>provider/model</c> or a model of the chosen provider.</summary>
internal sealed record DefaultModel
{
    /// <summary>A persona or a module.</summary>
    public required string UsedFor { get; init; }

    public required string Model { get; init; }

    public static Task<IReadOnlyList<DefaultModel>> ListAsync(Database database, Guid personId, CancellationToken cancellation) =>
        database.QueryAsync<DefaultModel>("SELECT used_for, model FROM gateway_default_models WHERE person_id = @personId", new { personId }, cancellation);

    /// <summary>A persona's model goes before its module's.</summary>
    public static async Task<string?> FindAsync(Database database, Guid personId, string? persona, string module, CancellationToken cancellation)
    {
        var models = await ListAsync(database, personId, cancellation);
        return (models.FirstOrDefault(model => model.UsedFor == persona) ?? models.FirstOrDefault(model => model.UsedFor == module))?.Model;
    }

    /// <param name="model">Null: none; the choice counts.</param>
    public static void Store(WriteUnit unit, Guid personId, string usedFor, string? model)
    {
        unit.Execute("DELETE FROM gateway_default_models WHERE person_id = @personId AND used_for = @usedFor", new { personId, usedFor });
        if (model is not null)
        {
            unit.Execute(
                "INSERT INTO gateway_default_models (person_id, used_for, model) VALUES (@personId, @usedFor, @model) ON CONFLICT (person_id, used_for) DO UPDATE SET model = excluded.model",
                new { personId, usedFor, model });
        }
    }
}

/// <summary>A default as its owner sees it.</summary>
internal static class DefaultModelView
{
    public const string Route = "/api/user/default-models";

    /// <param name="Use">A persona such as <c>diszi</c>, or a module such as <c>builder</c>.</param>
    /// <param name="Model">Null: what the caller chose counts.</param>
    public sealed record Item(string Use, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Model);
}
