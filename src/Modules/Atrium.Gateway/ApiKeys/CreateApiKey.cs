using System.ComponentModel.DataAnnotations;
using Atrium.Gateway.Api;
using Atrium.Gateway.Budgets;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.ApiKeys;

/// <summary>Makes a key for the caller's programs. Its secret is in this one answer and nowhere else.</summary>
internal static class CreateApiKey
{
    private const int MostEntries = 100;
    private const int LongestEntry = 200;

    public sealed record Request
    {
        [StringLength(100, MinimumLength = 1), Printable]
        public required string Name { get; init; }

        /// <summary><c>provider/model</c>, a bare model, or a beginning with <c>*</c> after it; nothing: every model.</summary>
        [MaxLength(MostEntries)]
        public IReadOnlyList<string>? Models { get; init; }

        /// <summary>chat, responses, messages, embeddings, images, models; nothing: all of them.</summary>
        [MaxLength(MostEntries)]
        public IReadOnlyList<string>? Endpoints { get; init; }

        /// <summary>Network addresses or networks such as 10.0.0.0/8; nothing: everywhere.</summary>
        [MaxLength(MostEntries)]
        public IReadOnlyList<string>? Addresses { get; init; }

        /// <summary>US dollars in a UTC month, as a decimal string; nothing: no budget of its own.</summary>
        public Money? Budget { get; init; }

        [Range(1, 1_000_000)]
        public long? RequestsPerMinute { get; init; }

        [Range(1, 1_000_000_000)]
        public long? TokensPerMinute { get; init; }

        /// <summary>Calls at the same time.</summary>
        [Range(1, 10_000)]
        public long? ConcurrentCalls { get; init; }

        public DateTimeOffset? ExpiresAt { get; init; }
    }

    /// <param name="Key">The secret.</param>
    public sealed record Response(Guid Id, string Key, ApiKeyView.Item Item);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost(ApiKeyView.Route, Handle).WithName("CreateApiKey").WithSummary("Make a key for your programs; its secret is shown once").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default).WithSecretAnswer();

    private static async Task<Results<Created<Response>, ProblemHttpResult>> Handle(
        Request request, Caller caller, Database database, BudgetList budgets, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (Check(request, now) is { } problem)
            return problem;
        var secret = ApiKeySecret.Make();
        var key = new ApiKey
        {
            Id = Guid.CreateVersion7(now),
            PersonId = caller.PersonId,
            Name = request.Name.Trim(),
            Prefix = ApiKeySecret.PrefixOf(secret),
            Hash = ApiKeySecret.HashOf(secret),
            Models = ApiKey.WriteList(request.Models),
            Endpoints = ApiKey.WriteList(request.Endpoints),
            Addresses = ApiKey.WriteList(request.Addresses),
            RequestsPerMinute = request.RequestsPerMinute,
            TokensPerMinute = request.TokensPerMinute,
            ConcurrentCalls = request.ConcurrentCalls,
            CreatedAt = now,
            ExpiresAt = request.ExpiresAt,
        };
        var isStored = request.Budget is null
            ? await database.WriteAsync(unit => ApiKey.Store(unit, key), cancellation)
            : await budgets.ChangeAsync(unit => Store(unit, key, request.Budget.Value), cancellation);
        return isStored
            ? TypedResults.Created($"{ApiKeyView.Route}/{key.Id}", new Response(key.Id, secret, ApiKeyView.Of(key)))
            : Problems.Conflict("too-many-keys", $"You have {ApiKey.MostPerPerson} keys. Revoke one you do not use.");
    }

    private static bool Store(WriteUnit unit, ApiKey key, Money budget)
    {
        if (!ApiKey.Store(unit, key))
            return false;
        Budget.Store(unit, BudgetView.ForKey(key, budget));
        return true;
    }

    private static ProblemHttpResult? Check(Request request, DateTimeOffset now) =>
        string.IsNullOrWhiteSpace(request.Name) ? Problems.Invalid("name", "The key needs a name.")
        : !AreWords(request.Models) ? Problems.Invalid("models", $"Each is a model's name of at most {LongestEntry} characters.")
        : request.Endpoints?.Any(endpoint => !ApiEndpoints.Names.Contains(endpoint)) is true ? Problems.Invalid("endpoints", $"Each is one of: {string.Join(", ", ApiEndpoints.Names)}.")
        : request.Addresses?.Any(address => address is null || ApiKeyScope.Parse(address) is null) is true ? Problems.Invalid("addresses", "Each is an address or a network, such as 192.0.2.7 or 10.0.0.0/8.")
        : request.Budget is { } budget && !BudgetView.IsAmount(budget) ? Problems.Invalid("budget", BudgetView.AmountRule)
        : request.ExpiresAt <= now ? Problems.Invalid("expiresAt", "This is in the past.")
        : null;

    private static bool AreWords(IReadOnlyList<string>? entries) =>
        entries?.All(entry => !string.IsNullOrWhiteSpace(entry) && entry.Length <= LongestEntry && !entry.Any(char.IsControl)) is not false;
}
