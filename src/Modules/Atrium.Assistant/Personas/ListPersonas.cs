using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Assistant.Personas;

/// <summary>Who can be talked with.</summary>
internal static partial class ListPersonas
{
    public sealed record Item(string Id, string Name, string Purpose);

    public sealed record Response(IReadOnlyList<Item> Items);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/personas", Handle)
            .WithName("ListPersonas")
            .WithSummary("Lists the personas")
            .WithTags(AssistantModule.Name)
            .RequireAuthorization(Policies.SignedIn)
            .WithLimit(LimitClass.Default);

    private static Ok<Response> Handle() =>
        TypedResults.Ok(new Response([.. PersonaList.All.Select(persona => new Item(persona.Id, persona.Name, persona.Purpose))]));
}
