using Atrium.Platform.Data;
using Atrium.Platform.Security;

namespace Atrium.Accounts.Sessions;

/// <summary>Sessions that were ended or grew too old, and people who were shut out: whatever else lets them in ends with them.</summary>
internal sealed class EndedSessions(Database database) : IEndedCallers
{
    public async Task<IReadOnlyCollection<Guid>> EndedAsync(DateTimeOffset since, DateTimeOffset until, CancellationToken cancellation) =>
        await database.QueryAsync<Guid>(
            """
            SELECT id FROM accounts_sessions WHERE revoked_at >= @since
            UNION ALL
            SELECT id FROM accounts_sessions WHERE expires_at > @since AND expires_at <= @until
            UNION ALL
            SELECT id FROM accounts_people WHERE suspended_at >= @since
            """,
            new { since, until },
            cancellation);
}
