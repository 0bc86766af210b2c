using System.Security.Cryptography;
using System.Text;
using Atrium.Contracts.Gateway;
using Atrium.Gateway.Api;
using Atrium.Gateway.ApiKeys;
using Atrium.Gateway.Chat;
using Atrium.Gateway.Ledger;
using Atrium.Gateway.Limits;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Atrium.Gateway.Cache;

/// <summary>Who answered, and at what cost: what has to be known of an answer to give it again.</summary>
internal sealed record AnsweredCall(string Provider, string Model, decimal? Cost);

/// <summary>
/// Answers a program's question from what was answered before, if its person or the program itself wants that and the question leaves nothing to
/// chance. A hit has a row of its own in the ledger, which says what it spared.
/// </summary>
internal sealed class CachedAnswering(AnswerCache cache, ChatRouter router, CallLimits limits, LedgerBook ledger, Database database, TimeProvider clock)
{
    public const string Header = "x-atrium-cache";

    private readonly RowCache<Guid, CacheChoice> choices = new(database, clock, "gateway_caches");

    /// <param name="answer">Writes the answer, or throws.</param>
    public async Task AnswerAsync(HttpContext context, ApiCaller caller, ReadOnlyMemory<byte> body, Func<Task> answer)
    {
        var cancellation = context.RequestAborted;
        var endpoint = context.GetEndpoint()!.Metadata.GetMetadata<ApiEndpoint>()!.Name;
        var said = context.Request.Headers[Header].ToString();
        var choice = await choices.GetAsync(caller.Person.Id, database, CacheChoice.ReadAsync, cancellation);
        var isWanted = said is "on" or "refresh" || (choice.Enabled && said is not "off");
        if (!isWanted || RepeatableCall.Read(body.Span, endpoint == "embeddings") is not { HasNoChance: true, Model: { } model }
            || await FindRouteAsync(caller, endpoint, model, cancellation) is not { } route)
        {
            if (said.Length > 0)
                context.Response.Headers[Header] = "off";
            await answer();
            return;
        }
        var key = KeyOf(context, caller, endpoint, route, body.Span);
        if (said is "refresh")
            cache.Forget(key);
        while (true)
        {
            if (cache.Find(key, clock.GetUtcNow().AddHours(-choice.Hours)) is { } known)
            {
                await RepeatAsync(context, caller, endpoint, known);
                return;
            }
            if (cache.TryBegin(key))
            {
                await AnswerAndKeepAsync(context, caller.Person.Id, key, answer);
                return;
            }
            if (await cache.WaitAsync(key, cancellation))
                continue;
            await answer();
            return;
        }
    }

    /// <returns>Null when the call cannot be made: the answer says why.</returns>
    private async Task<ChatRoute?> FindRouteAsync(ApiCaller caller, string endpoint, string model, CancellationToken cancellation)
    {
        var call = new ChatCall { PersonId = caller.Person.Id, Module = ApiAnswering.Module, Feature = endpoint, Model = model, Messages = [], AllowsFallback = false };
        var route = await router.FindAsync(call, cancellation);
        return route is { Failure: null, Source: not null } && caller.Scope.AllowsModel(route.ProviderId, route.Model) ? route : null;
    }

    private static string KeyOf(HttpContext context, ApiCaller caller, string endpoint, ChatRoute route, ReadOnlySpan<byte> body)
    {
        var head = string.Join('\n', caller.Person.Id, endpoint, context.Request.Headers["anthropic-version"], context.Request.Headers["anthropic-beta"], route.ProviderId, route.Model, route.Source!.Identity);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(head))) + Convert.ToHexStringLower(SHA256.HashData(body));
    }

    private async Task AnswerAndKeepAsync(HttpContext context, Guid personId, string key, Func<Task> answer)
    {
        CachedAnswer? kept = null;
        var direct = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        await using var copy = new CopyingStream(direct.Stream, AnswerCache.LongestAnswer);
        var copying = new StreamResponseBodyFeature(copy, direct);
        context.Features.Set<IHttpResponseBodyFeature>(copying);
        context.Response.Headers[Header] = "miss";
        cache.Count(personId, isHit: false);
        try
        {
            await answer();
            await copying.CompleteAsync();
            if (context.Response.StatusCode == StatusCodes.Status200OK && !copy.IsTooLong && context.Features.Get<AnsweredCall>() is { } answered)
                kept = new CachedAnswer(personId, copy.ToArray(), context.Response.ContentType ?? "application/json", answered.Provider, answered.Model, answered.Cost, clock.GetUtcNow());
        }
        finally
        {
            context.Features.Set(direct);
            cache.End(key, kept);
        }
    }

    private async Task RepeatAsync(HttpContext context, ApiCaller caller, string endpoint, CachedAnswer known)
    {
        var (turn, refusal) = limits.Enter(caller.Person.Id, caller.Key);
        using var entered = refusal is null ? turn : throw new ChatFailedException(refusal, null);
        cache.Count(caller.Person.Id, isHit: true);
        _ = ledger.AddAsync(new LedgerEntry(caller.Person.Id, null, ApiAnswering.Module, endpoint, known.Provider, known.Model, new Usage(0, 0, 0, 0, 0, false), 0, CallStatus.Cached)
        {
            ApiKeyId = caller.Key.Id,
            Saved = known.Cost,
        });
        var response = context.Response;
        response.NameProvider(known.Provider, known.Model, 0);
        response.Headers[Header] = "hit";
        response.Headers.CacheControl = "no-store";
        response.ContentType = known.ContentType;
        response.ContentLength = known.Body.Length;
        await response.BodyWriter.WriteAsync(known.Body, context.RequestAborted);
    }
}
