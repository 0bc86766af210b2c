using System.Security.Cryptography;
using Atrium.Accounts.People;
using Atrium.Platform.Configuration;
using Atrium.Platform.Data;
using Atrium.Platform.Security.Audit;
using Microsoft.AspNetCore.Http;

namespace Atrium.Accounts.Sessions;

/// <summary>A fresh sign-in as its person receives it.</summary>
internal sealed record SessionResponse(string Token, string RefreshToken, DateTimeOffset ExpiresAt, MeResponse User);

/// <summary>Makes sessions and hands out their tokens.</summary>
internal sealed class SessionIssuer(HouseSettings settings, AccessTokens accessTokens, RefreshTokens refreshTokens, SessionCookies cookies, TimeProvider clock)
{
    private const int SeedLength = 32;

    /// <summary>A session that is not stored yet.</summary>
    public SessionRow New(Guid personId, HttpContext context)
    {
        var now = clock.GetUtcNow();
        return new SessionRow
        {
            Id = Guid.CreateVersion7(now),
            PersonId = personId,
            RefreshSeed = RandomNumberGenerator.GetBytes(SeedLength),
            RefreshGeneration = 1,
            RefreshedAt = now,
            Network = AuditEntry.AddressOf(context),
            Browser = BrowserName.Of(context.Request.Headers.UserAgent.ToString()),
            CreatedAt = now,
            LastSeenAt = now,
            ExpiresAt = ExpiryOf(now, now),
        };
    }

    /// <summary>When a session ends unless it is renewed before: after its idle time, at the latest at its greatest age.</summary>
    public DateTimeOffset ExpiryOf(DateTimeOffset createdAt, DateTimeOffset now)
    {
        var idle = now.AddDays(settings.RefreshDays);
        var oldest = createdAt.AddDays(settings.SessionDays);
        return idle < oldest ? idle : oldest;
    }

    /// <summary>Stores a session, and ends the person's oldest when there are too many. The unit holds the person's row.</summary>
    public void Store(WriteUnit unit, SessionRow session)
    {
        session.Insert(unit);
        SessionRow.EndOldest(unit, session.PersonId, settings.SessionsPerPerson, session.CreatedAt);
    }

    /// <summary>Tokens of a stored session, in the answer and as cookies.</summary>
    public SessionResponse Grant(HttpContext context, SessionRow session, PersonRow person)
    {
        var (token, expiresAt) = accessTokens.Issue(person.Id, session.Id);
        var refreshToken = refreshTokens.Issue(session);
        cookies.Set(context.Response, token, refreshToken);
        return new SessionResponse(token, refreshToken, expiresAt, MeResponse.Of(person));
    }
}
