using System.ComponentModel.DataAnnotations;
using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Atrium.Gateway.Chat;
using Atrium.Gateway.Keys;
using Atrium.Gateway.Models;
using Atrium.Platform.Configuration;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Providers;

/// <summary>Tries a key, given now or stored, in the cheapest way its provider has. Nothing is kept.</summary>
internal static class TestProvider
{
    public sealed record Request
    {
        [StringLength(Account.LongestKey)]
        public string? ApiKey { get; init; }

        public Guid? KeyId { get; init; }

        [StringLength(Account.LongestUrl)]
        public string? BaseUrl { get; init; }

        public IReadOnlyDictionary<string, string?>? Settings { get; init; }
    }

    /// <param name="Code">Why it does not work, as in an answer's failure.</param>
    public sealed record Response(bool Works, IReadOnlyList<string> Models, string? Code, string? Title, long Milliseconds);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/providers/{id}/test", Handle).WithName("TestProvider").WithSummary("Try a key").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Chat);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        string id, Request request, Caller caller, ProviderCatalogue catalogue, HouseSettings house, KeyRing keys, ModelLists models, TimeProvider clock, CancellationToken cancellation)
    {
        if (id == OfflineProvider.Id)
            return TypedResults.Ok(new Response(true, [OfflineProvider.Model], null, null, 0));
        if (catalogue.Find(id) is not { IsUsable: true } provider)
            return Problems.NotFound();
        var key = request.KeyId is { } keyId ? await keys.FindAsync(caller.PersonId, keyId, cancellation) : null;
        if (request.KeyId is not null && key?.Provider != provider.Id)
            return Problems.NotFound();
        var (account, problem) = key is null ? ReadGiven(provider, house, request) : (null, CheckAlone(request));
        if (problem is not null)
            return problem.ProblemDetails.Extensions["code"] is AddressRefused.Code ? Failed(Failures.AddressRefused, 0) : problem;
        var connection = key is null ? account!.ToConnection() : await keys.OpenAsync(key, cancellation);
        if (connection is null)
            return Failed(Failures.KeyUnreadable(provider.Name), 0);
        var start = clock.GetTimestamp();
        var result = await models.CheckAsync(provider, connection, cancellation);
        var milliseconds = (long)clock.GetElapsedTime(start).TotalMilliseconds;
        return result.Works
            ? TypedResults.Ok(new Response(true, [.. result.Models.Where(model => model.Kind == ProviderModelKind.Chat).Select(model => model.Id)], null, null, milliseconds))
            : Failed(Failures.From(result.Problem!, provider.Name, key?.Name), milliseconds);
    }

    private static (Account?, ProblemHttpResult?) ReadGiven(Provider provider, HouseSettings house, Request request)
    {
        var (account, problem) = Account.Read(provider, house, request.ApiKey, request.BaseUrl, request.Settings);
        return account?.FieldMissingFor(provider) is { } field ? (null, Problems.Invalid(field, $"{provider.Name} needs this.")) : (account, problem);
    }

    private static ProblemHttpResult? CheckAlone(Request request) =>
        request.ApiKey is null && request.BaseUrl is null && request.Settings is null
            ? null
            : Problems.Invalid("keyId", "A stored key is tried as it is: leave the other fields out, or enter the key again.");

    private static Ok<Response> Failed(ChatFailure failure, long milliseconds) =>
        TypedResults.Ok(new Response(false, [], failure.Code, failure.Title, milliseconds));
}
