using System.ComponentModel.DataAnnotations;
using Atrium.Gateway.Ledger;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Gateway.Costs;

/// <summary>Lists the caller's calls one by one, newest first.</summary>
internal static class ListCalls
{
    public sealed record Response(IReadOnlyList<Item> Items, string? Next);

    public sealed record Item
    {
        public required Guid Id { get; init; }

        public required DateTimeOffset At { get; init; }

        public required string Module { get; init; }

        public required string Feature { get; init; }

        public required string Provider { get; init; }

        public required string Model { get; init; }

        public Guid? KeyId { get; init; }

        public Guid? ApiKeyId { get; init; }

        public required long InputTokens { get; init; }

        public required long CachedTokens { get; init; }

        public required long CacheWrittenTokens { get; init; }

        public required long OutputTokens { get; init; }

        public required long ReasoningTokens { get; init; }

        public required long Images { get; init; }

        /// <summary>The provider did not say; counted by the house.</summary>
        public required bool Estimated { get; init; }

        /// <summary>Null: the model's price is unknown.</summary>
        public Money? Cost { get; init; }

        /// <summary>What an answer from the cache would have cost.</summary>
        public Money? Saved { get; init; }

        /// <summary>complete, failed, cancelled or cached.</summary>
        public required string Status { get; init; }

        /// <summary>The conversation or document it was for.</summary>
        public Guid? ThingId { get; init; }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/costs/calls", Handle).WithName("ListCalls").WithSummary("Your calls to models, newest first").WithTags("gateway")
            .RequireAuthorization(Policies.SignedIn).WithLimit(LimitClass.Default).ReadingLedger();

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> Handle(
        Caller caller, Database database, TimeProvider clock, CancellationToken cancellation,
        [StringLength(100)] string? cursor = null, [Range(1, 100)] int limit = 50, DateOnly? from = null, DateOnly? to = null)
    {
        var before = string.IsNullOrEmpty(cursor) ? null : CallCursor.Parse(cursor);
        if (before is null && !string.IsNullOrEmpty(cursor))
            return Problems.Invalid("cursor", "This is not a cursor.");
        var (range, problem) = from is null && to is null ? (null, null) : CostRange.Read(from, to, clock.GetUtcNow());
        if (problem is not null)
            return problem;
        var rows = await CallRow.ListAsync(database, caller.PersonId, range, before, limit + 1, cancellation);
        return TypedResults.Ok(new Response([.. rows.Take(limit).Select(Of)], rows.Count > limit ? CallCursor.Of(rows[limit - 1]).ToString() : null));
    }

    private static Item Of(CallRow row) => new()
    {
        Id = row.Id,
        At = row.At,
        Module = row.Module,
        Feature = row.Feature,
        Provider = row.Provider,
        Model = row.Model,
        KeyId = row.KeyId,
        ApiKeyId = row.ApiKeyId,
        InputTokens = row.InputTokens,
        CachedTokens = row.CachedTokens,
        CacheWrittenTokens = row.CacheWrittenTokens,
        OutputTokens = row.OutputTokens,
        ReasoningTokens = row.ReasoningTokens,
        Images = row.Images,
        Estimated = row.Estimated,
        Cost = row.Cost,
        Saved = row.Saved,
        Status = row.Status,
        ThingId = row.ThingId,
    };
}
