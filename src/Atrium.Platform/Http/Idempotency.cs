using System.Security.Cryptography;
using System.Text;
using Atrium.Platform.Configuration;
using Atrium.Platform.Data;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Atrium.Platform.Http;

/// <summary>Endpoint metadata: the answer holds a secret and is never kept; a repeated request is told so.</summary>
public sealed record SecretAnswerMetadata;

public static class IdempotencyExtensions
{
    /// <summary>For sign-in, refresh, key and recovery routes.</summary>
    public static TBuilder WithSecretAnswer<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new SecretAnswerMetadata());
}

/// <summary>
/// A state change that carries <c>Idempotency-Key</c> happens once: a repeat within a day gets the stored answer, another request under the
/// same key is refused, and one whose end is not known is said to be so. The first request runs to its end even when its sender goes away, so
/// that the repeat finds an answer. Header and meaning: draft-ietf-httpapi-idempotency-key-header.
/// </summary>
internal sealed partial class Idempotency(Database database, HouseSecrets secrets, TimeProvider clock, ILogger<Idempotency> logger)
{
    // A plain hash of a sign-in would let whoever holds a backup guess its password a billion times a second; this key is in no database.
    private readonly Lazy<byte[]> hashKey = new(() => HKDF.DeriveKey(HashAlgorithmName.SHA256, secrets.TokenSecret, 32, info: "idempotency"u8.ToArray()));

    public const string Header = "Idempotency-Key";
    public const string ReplayedHeader = "Idempotent-Replayed";

    /// <summary>Bytes of an answer; a longer one is not kept.</summary>
    public const int LongestAnswer = 64 * 1024;

    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>A request that has not ended after this belonged to a process that is gone.</summary>
    public static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(2);

    private const int LongestKey = 255;

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var isChange = HttpMethods.IsPost(request.Method) || HttpMethods.IsPut(request.Method) || HttpMethods.IsPatch(request.Method) || HttpMethods.IsDelete(request.Method);
        if (!isChange || !request.Headers.TryGetValue(Header, out var values))
        {
            await next(context);
            return;
        }
        var key = values.Count == 1 ? values.ToString() : "";
        if (key.Length is 0 or > LongestKey || key.Any(letter => letter is < ' ' or > '~'))
        {
            await Problems.Invalid(Header, $"This is one key of 1 to {LongestKey} printable ASCII characters.").ExecuteAsync(context);
            return;
        }
        var scope = ScopeOf(context, key);
        var fingerprint = await FingerprintAsync(request);
        if (await ClaimAsync(scope, fingerprint, context.RequestAborted))
            await RunAsync(context, next, scope);
        else
            await RepeatAsync(context, scope, fingerprint);
    }

    private string ScopeOf(HttpContext context, string key)
    {
        var who = Caller.From(context.User)?.PersonId.ToString() ?? RequestLimits.NetworkOf(context.Connection.RemoteIpAddress);
        return Convert.ToHexStringLower(HMACSHA256.HashData(hashKey.Value, Encoding.UTF8.GetBytes($"{who}\n{context.Request.Method}\n{context.Request.Path}{context.Request.QueryString}\n{key}")));
    }

    // An upload is known by its length: reading it ahead would leave a plain copy of it on disk.
    private async Task<string> FingerprintAsync(HttpRequest request)
    {
        if (request.HasFormContentType || request.ContentLength > PlatformSetup.MaximumBody)
            return $"length {request.ContentLength}";
        request.EnableBuffering(PlatformSetup.MaximumBody + 1, PlatformSetup.MaximumBody + 1);
        var hash = Convert.ToHexStringLower(await HMACSHA256.HashDataAsync(hashKey.Value, request.Body, request.HttpContext.RequestAborted));
        request.Body.Position = 0;
        return hash;
    }

    private async Task<bool> ClaimAsync(string scope, string fingerprint, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        return await database.WriteAsync(
            unit =>
            {
                unit.Execute("DELETE FROM platform_idempotency WHERE scope = @scope AND started_at < @Limit", new { scope, Limit = now - Kept });
                return unit.Execute(
                    "INSERT INTO platform_idempotency (scope, fingerprint, started_at) VALUES (@scope, @fingerprint, @now) ON CONFLICT (scope) DO NOTHING",
                    new { scope, fingerprint, now });
            },
            cancellation) == 1;
    }

    private async Task RunAsync(HttpContext context, RequestDelegate next, string scope)
    {
        context.RequestAborted = CancellationToken.None;
        var direct = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        await using var copy = new CopyingStream(direct.Stream, LongestAnswer);
        var copying = new StreamResponseBodyFeature(copy, direct);
        context.Features.Set<IHttpResponseBodyFeature>(copying);
        try
        {
            await next(context);
            await copying.CompleteAsync();
        }
        catch (Exception exception) when (exception is DatabaseUnavailableException or StorageFullException or BadHttpRequestException)
        {
            // Nothing was changed, so the same key may try again.
            await ForgetAsync(scope);
            throw;
        }
        finally
        {
            context.Features.Set(direct);
        }
        if (context.Response.StatusCode is >= 500 or StatusCodes.Status429TooManyRequests)
            await ForgetAsync(scope);
        else
            await KeepAsync(context, scope, copy);
    }

    private async Task KeepAsync(HttpContext context, string scope, CopyingStream copy)
    {
        var response = context.Response;
        var isSecret = context.GetEndpoint()?.Metadata.GetMetadata<SecretAnswerMetadata>() is not null;
        var isKept = !isSecret && !copy.IsTooLong && response.ContentType?.StartsWith("text/event-stream", StringComparison.Ordinal) != true;
        await database.ExecuteAsync(
            "UPDATE platform_idempotency SET status = @status, content_type = @contentType, location = @location, body = @body WHERE scope = @scope",
            new { scope, status = response.StatusCode, contentType = response.ContentType, location = response.Headers.Location.ToString() is { Length: > 0 } place ? place : null, body = isKept ? copy.ToArray() : null },
            CancellationToken.None);
    }

    private async Task ForgetAsync(string scope)
    {
        try
        {
            await database.ExecuteAsync("DELETE FROM platform_idempotency WHERE scope = @scope", new { scope }, CancellationToken.None);
        }
        catch (Exception exception) when (exception is DatabaseUnavailableException or StorageFullException)
        {
            // The row stays and says later that the end is not known, which is the careful answer.
            LogKept(exception);
        }
    }

    private async Task RepeatAsync(HttpContext context, string scope, string fingerprint)
    {
        var row = await database.QuerySingleOrDefaultAsync<AnswerRow>(
            "SELECT fingerprint, status, content_type, location, body, started_at FROM platform_idempotency WHERE scope = @scope", new { scope }, context.RequestAborted);
        if (row is not null && row.Fingerprint != fingerprint)
            await Problems.Of(StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused", "This Idempotency-Key was sent before with another request. Use a new one.").ExecuteAsync(context);
        else if (row is null || (row.Status is null && clock.GetUtcNow() - row.StartedAt < LongestRun))
            await StillRunningAsync(context);
        else if (row.Status is null)
            await Problems.Conflict("outcome-unknown", "This request was started, and the server went away before it could say how it ended. Look at what is there, then send it again with a new key if needed.").ExecuteAsync(context);
        else if (row.Body is null)
            await Problems.Conflict("already-answered", "This request was answered before, and its answer is not kept.").ExecuteAsync(context);
        else
            await ReplayAsync(context.Response, row.Status.Value, row);
    }

    private static Task StillRunningAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        return Problems.Conflict("still-running", "This request is still being answered. Try again in a moment.").ExecuteAsync(context);
    }

    private static async Task ReplayAsync(HttpResponse response, int status, AnswerRow row)
    {
        response.StatusCode = status;
        response.Headers[ReplayedHeader] = "true";
        if (row.ContentType is not null)
            response.ContentType = row.ContentType;
        if (row.Location is not null)
            response.Headers.Location = row.Location;
        if (row.Body!.Length > 0)
            await response.Body.WriteAsync(row.Body);
    }

    [LoggerMessage(LogLevel.Warning, "An idempotency row could not be removed")]
    private partial void LogKept(Exception exception);

    internal sealed record AnswerRow
    {
        public required string Fingerprint { get; init; }

        public int? Status { get; init; }

        public string? ContentType { get; init; }

        public string? Location { get; init; }

        public byte[]? Body { get; init; }

        public required DateTimeOffset StartedAt { get; init; }
    }
}
