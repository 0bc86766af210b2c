using System.Globalization;
using System.Net;
using Atrium.Platform.Configuration;
using Atrium.Platform.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Atrium.Platform.Security;

/// <summary>Which limit an endpoint counts against. Each class counts apart.</summary>
public enum LimitClass
{
    Default,
    Register,
    SignIn,
    Chat,
    Upload,
    Search,
    Moments,
    RoomMessages,

    /// <summary>Pieces of answers that a browser posts four times a second.</summary>
    Chunks,
    Exempt,
}

/// <summary>Endpoint metadata: the class of its limit.</summary>
public sealed record LimitMetadata(LimitClass Class);

public static class LimitExtensions
{
    public static TBuilder WithLimit<TBuilder>(this TBuilder builder, LimitClass limit) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new LimitMetadata(limit));
}

/// <summary>
/// Counts requests over sliding windows. The key is the person, else the network address (an IPv6 address counts as its /64).
/// </summary>
/// <remarks>On PostgreSQL the servers of a house count together.</remarks>
public sealed class RequestLimits
{
    private const int MostKeys = 100_000;

    private readonly HouseSettings settings;
    private readonly SlidingWindows windows;
    private readonly SharedWindows? shared;

    public RequestLimits(HouseSettings settings, TimeProvider clock) : this(settings, clock, null)
    {
    }

    internal RequestLimits(HouseSettings settings, TimeProvider clock, SharedWindows? shared) =>
        (this.settings, windows, this.shared) = (settings, new SlidingWindows(clock, MostKeys), shared);

    public int Count => windows.Count;

    public RateLimit LimitOf(LimitClass limit) => limit switch
    {
        LimitClass.Register => new RateLimit(5, TimeSpan.FromMinutes(1)),
        LimitClass.SignIn => new RateLimit(10, TimeSpan.FromMinutes(1)),
        LimitClass.Chat => new RateLimit(30, TimeSpan.FromMinutes(1)),
        LimitClass.Upload => new RateLimit(60, TimeSpan.FromMinutes(1)),
        LimitClass.Search => new RateLimit(60, TimeSpan.FromMinutes(1)),
        LimitClass.Moments => new RateLimit(20, TimeSpan.FromMinutes(1)),
        LimitClass.RoomMessages => new RateLimit(60, TimeSpan.FromMinutes(1)),
        LimitClass.Chunks => new RateLimit(600, TimeSpan.FromMinutes(1)),
        _ => settings.DefaultRateLimit,
    };

    /// <summary>Counts on this server alone.</summary>
    public SlidingVerdict Take(LimitClass limit, string key) => windows.Take((int)limit, key, LimitOf(limit));

    /// <exception cref="Data.DatabaseUnavailableException">The servers count together, and the database cannot be reached.</exception>
    public ValueTask<SlidingVerdict> TakeAsync(LimitClass limit, string key, CancellationToken cancellation) =>
        shared is null ? ValueTask.FromResult(Take(limit, key)) : new ValueTask<SlidingVerdict>(shared.TakeAsync((int)limit, key, LimitOf(limit), cancellation));

    /// <summary>Runs after authentication, so that a person's limit follows the person and not the network they share.</summary>
    internal async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var limit = context.GetEndpoint()?.Metadata.GetMetadata<LimitMetadata>()?.Class ?? LimitClass.Exempt;
        if (limit == LimitClass.Exempt || !settings.RateLimitsOn)
        {
            await next(context);
            return;
        }
        var verdict = await TakeAsync(limit, KeyOf(context, limit), context.RequestAborted);
        var seconds = ((int)Math.Ceiling(verdict.Reset.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["X-RateLimit-Limit"] = verdict.Limit.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["X-RateLimit-Remaining"] = verdict.Remaining.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["X-RateLimit-Reset"] = seconds;
        if (verdict.IsAllowed)
        {
            await next(context);
            return;
        }
        context.Response.Headers.RetryAfter = seconds;
        await Problems.Of(StatusCodes.Status429TooManyRequests, "rate-limited", $"Too many requests. Try again in {seconds} s.").ExecuteAsync(context);
    }

    /// <summary>False for what strangers do to become people: it counts by network address always.</summary>
    public static bool FollowsPerson(LimitClass limit) => limit is not (LimitClass.Register or LimitClass.SignIn);

    private static string KeyOf(HttpContext context, LimitClass limit) =>
        FollowsPerson(limit) && Caller.From(context.User) is { } caller
            ? caller.PersonId.ToString()
            : NetworkOf(context.Connection.RemoteIpAddress);

    /// <summary>IPv4: the address. IPv6: its /64, which is one household.</summary>
    public static string NetworkOf(IPAddress? address)
    {
        if (address is null)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            return address.MapToIPv4().ToString();
        return address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 && !IPAddress.IsLoopback(address)
            ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }
}
