using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Atrium.Platform.Lifecycle;

/// <summary>Why and since when changes are stopped.</summary>
public sealed record ReadOnlyState
{
    public required DateTimeOffset Since { get; init; }

    public required string Reason { get; init; }
}

/// <summary>Endpoint metadata: answers also while changes are stopped, although its method is one that changes.</summary>
public sealed record WorksWhileReadOnlyMetadata;

public static class ReadOnlyExtensions
{
    /// <summary>For signing in and out and for what only looks.</summary>
    public static TBuilder WorksWhileReadOnly<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new WorksWhileReadOnlyMetadata());
}

/// <summary>
/// Stops changes for everybody but admins while reading and signing in go on: a changing request answers 503 <c>read-only</c>. Every server of
/// the house knows within a second. What has begun goes on to its end; what comes through an open socket is its hub's to refuse.
/// </summary>
public sealed class ReadOnlyMode(Database database)
{
    private const string RetryAfterSeconds = "60";

    private volatile ReadOnlyState? current;

    /// <summary>Null: changes are allowed.</summary>
    public ReadOnlyState? Current => current;

    public async Task StopChangesAsync(Action<WriteUnit> record, string reason, DateTimeOffset now, CancellationToken cancellation)
    {
        await database.WriteAsync(
            unit =>
            {
                unit.Execute("INSERT INTO platform_read_only (id, since, reason) VALUES (1, @now, @reason) ON CONFLICT (id) DO UPDATE SET reason = excluded.reason", new { now, reason });
                record(unit);
            },
            cancellation);
        await LookAsync(cancellation);
    }

    /// <returns>False when they were allowed.</returns>
    public async Task<bool> AllowChangesAsync(Action<WriteUnit> record, CancellationToken cancellation)
    {
        var wereStopped = await database.WriteAsync(
            unit =>
            {
                var removed = unit.Execute("DELETE FROM platform_read_only") > 0;
                if (removed)
                    record(unit);
                return removed;
            },
            cancellation);
        await LookAsync(cancellation);
        return wereStopped;
    }

    internal async Task LookAsync(CancellationToken cancellation) =>
        current = await database.QuerySingleOrDefaultAsync<ReadOnlyState>("SELECT since, reason FROM platform_read_only", null, cancellation);

    /// <summary>Runs after authorization.</summary>
    internal Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (current is null || MayGoOn(context))
            return next(context);
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return Problems.Of(StatusCodes.Status503ServiceUnavailable, "read-only", "An admin has stopped changes for a while. Reading goes on.").ExecuteAsync(context);
    }

    private static bool MayGoOn(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || HttpMethods.IsOptions(context.Request.Method)
        || context.GetEndpoint() is not { } endpoint
        || endpoint.Metadata.GetMetadata<WorksWhileReadOnlyMetadata>() is not null
        || endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(data => data.Policy == Policies.Admin);
}
