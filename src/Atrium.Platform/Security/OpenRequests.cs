using System.Collections.Concurrent;
using System.Security.Claims;
using Atrium.Platform.Http;
using Microsoft.AspNetCore.Http;

namespace Atrium.Platform.Security;

/// <summary>
/// The requests that signed-in people have open on this server. When a caller ends, whatever they still have open ends: streams and sockets by
/// their cancelled <see cref="HttpContext.RequestAborted"/>, and what does not heed that by its connection. So no module has to know of sessions.
/// </summary>
public sealed class OpenRequests
{
    /// <summary>Claim of a principal: the id of something that its requests end with, such as a key; sessions and people of a <see cref="Caller"/> need none.</summary>
    public const string EndsWithClaim = "ends-with";

    private readonly ConcurrentDictionary<OpenRequest, byte> open = new();

    public bool IsEmpty => open.IsEmpty;

    /// <summary>Ends what these sessions and people have open, and closes the connections of what was ended at an earlier call and is still there.</summary>
    public void End(IReadOnlySet<Guid> callers)
    {
        foreach (var (request, _) in open)
        {
            if (request.IsEnding)
                request.Abort();
            else if (request.EndsWith.Any(callers.Contains))
                request.End();
        }
    }

    /// <summary>Runs after authorization.</summary>
    internal async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var endsWith = EndsWith(context.User);
        if (endsWith.Count == 0)
        {
            await next(context);
            return;
        }
        var whole = context.RequestAborted;
        using var request = new OpenRequest(context, endsWith);
        open.TryAdd(request, 0);
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (request.IsEnding && !whole.IsCancellationRequested)
        {
            context.RequestAborted = whole;
            // Half an answer must not look like a whole one.
            if (context.Response.HasStarted)
                context.Abort();
            else
                await Problems.Unauthorized("sign-in-required", "This sign-in has ended. Sign in again.").ExecuteAsync(context);
        }
        finally
        {
            open.TryRemove(request, out _);
            request.Finish();
            context.RequestAborted = whole;
        }
    }

    private static List<Guid> EndsWith(ClaimsPrincipal user)
    {
        List<Guid> ids = [.. user.FindAll(EndsWithClaim).Select(claim => Guid.Parse(claim.Value))];
        if (Caller.From(user) is { } caller)
            ids.AddRange([caller.SessionId, caller.PersonId]);
        return ids;
    }

    private sealed class OpenRequest : IDisposable
    {
        private readonly Lock gate = new();
        private readonly HttpContext context;
        private readonly CancellationTokenSource source;
        private bool isFinished;

        public OpenRequest(HttpContext context, IReadOnlyList<Guid> endsWith)
        {
            this.context = context;
            EndsWith = endsWith;
            source = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
            context.RequestAborted = source.Token;
        }

        public IReadOnlyList<Guid> EndsWith { get; }

        public bool IsEnding { get; private set; }

        public void End()
        {
            lock (gate)
            {
                IsEnding = true;
                // Not awaited: what the request does at its end is its own business and must not hold up the next one's.
                if (!isFinished)
                    _ = source.CancelAsync();
            }
        }

        // A finished request's context already serves another one.
        public void Abort()
        {
            lock (gate)
            {
                if (!isFinished)
                    context.Abort();
            }
        }

        public void Finish()
        {
            lock (gate)
                isFinished = true;
        }

        public void Dispose() => source.Dispose();
    }
}
