using System.ComponentModel.DataAnnotations;
using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Atrium.Gateway.Chat;
using Atrium.Gateway.Keys;
using Atrium.Gateway.Models;
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

    /// <param name="ModelCount">How many chat models the key opens.</param>
    /// <param name="Code">Why it does not work, as in an answer's failure; with a key that works, what stood in the way of asking more.</param>
    public sealed record Response(bool Works, IReadOnlyList<string> Models, int ModelCount, string? Code, string? Title, long Milliseconds);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/providers/{id}/test", Handle).WithName("TestProvider").WithSummary("Try a key").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Chat);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        string id, Request request, Caller caller, ProviderCatalogue catalogue, AccountReader accounts, KeyRing keys, ModelLists models, TimeProvider clock, CancellationToken cancellation)
    {
        if (id == OfflineProvider.Id)
            return TypedResults.Ok(new Response(true, [OfflineProvider.Model], 1, null, null, 0));
        if (catalogue.Find(id) is not { IsUsable: true } provider)
            return Problems.NotFound();
        var key = request.KeyId is { } keyId ? await keys.FindAsync(caller.PersonId, keyId, cancellation) : null;
        if (request.KeyId is not null && key?.Provider != provider.Id)
            return Problems.NotFound();
        var (account, problem) = key is null ? await ReadGivenAsync(provider, accounts, request, cancellation) : (null, CheckAlone(request));
        if (problem is not null)
            return problem.ProblemDetails.Extensions["code"] is AddressRefused.Code ? Refused(Failures.AddressRefused, 0) : problem;
        var connection = key is null ? account!.ToConnection() : await keys.OpenAsync(key, cancellation);
        if (connection is null)
            return Refused(Failures.KeyUnreadable(provider.Name), 0);
        var start = clock.GetTimestamp();
        var result = await models.CheckAsync(provider, connection, cancellation);
        var milliseconds = (long)clock.GetElapsedTime(start).TotalMilliseconds;
        var failure = result.Problem is { } reason ? Failures.From(reason, provider.Name, key?.Name, connection.HasOwnAddress(provider)) : null;
        if (!result.Works)
            return Refused(failure!, milliseconds);
        var found = result.Models.Where(model => model.Kind == ProviderModelKind.Chat).Select(model => model.Id).ToList();
        return TypedResults.Ok(new Response(true, found, found.Count, failure?.Code, failure?.Title, milliseconds));
    }

    private static async Task<(Account?, ProblemHttpResult?)> ReadGivenAsync(Provider provider, AccountReader accounts, Request request, CancellationToken cancellation)
    {
        var (account, problem) = await accounts.ReadAsync(provider, request.ApiKey, request.BaseUrl, request.Settings, cancellation);
        return account?.FieldMissingFor(provider) is { } field ? (null, Problems.Invalid(field, $"{provider.Name} needs this.")) : (account, problem);
    }

    private static ProblemHttpResult? CheckAlone(Request request) =>
        request.ApiKey is null && request.BaseUrl is null && request.Settings is null
            ? null
            : Problems.Invalid("keyId", "A stored key is tried as it is: leave the other fields out, or enter the key again.");

    // How long a refused address took would say whether it was looked at, looked up or called.
    private static Ok<Response> Refused(ChatFailure failure, long milliseconds) =>
        TypedResults.Ok(new Response(false, [], 0, failure.Code, failure.Title, failure.Code == AddressRefused.Code ? 0 : milliseconds));
}
