using System.Text.Json;
using Atrium.Ai;
using Atrium.Gateway.ApiKeys;
using Atrium.Gateway.Models;
using Atrium.Gateway.Providers;

namespace Atrium.Gateway.Api.Models;

/// <summary>The models a key may use, as programs list them.</summary>
internal sealed class ApiModels(AvailableModels models)
{
    public sealed record Item(string Id, string Provider, string Name);

    public async Task<IReadOnlyList<Item>> ListAsync(ApiCaller caller, CancellationToken cancellation)
    {
        var answers = await models.AskAsync(caller.Person.Id, cancellation);
        return
        [
            .. answers
                .SelectMany(answer => answer.Models.Where(model => model.Kind != ProviderModelKind.Other).Select(model => (Provider: answer.Provider.Id, Model: model.Id, model.Name)))
                .Append((Provider: OfflineProvider.Id, Model: OfflineProvider.Model, Name: OfflineProvider.Name))
                .Where(model => caller.Scope.AllowsModel(model.Provider, model.Model))
                .Select(model => new Item(model.Provider + "/" + model.Model, model.Provider, model.Name))
                .DistinctBy(item => item.Id, StringComparer.Ordinal),
        ];
    }

    public static void Write(Utf8JsonWriter json, Item item, ApiDialect dialect)
    {
        json.WriteStartObject();
        json.WriteString("id", item.Id);
        if (dialect == ApiDialect.Anthropic)
        {
            json.WriteString("type", "model");
            json.WriteString("display_name", item.Name);
            json.WriteString("created_at", "1970-01-01T00:00:00Z");
        }
        else
        {
            json.WriteString("object", "model");
            json.WriteNumber("created", 0);
            json.WriteString("owned_by", item.Provider);
        }
        json.WriteEndObject();
    }
}
