using Atrium.Platform.Data;
using Atrium.Platform.Security;

namespace Atrium.Gateway.ApiKeys;

/// <summary>Keys that were revoked or whose time is over: what they have open ends with them.</summary>
internal sealed class EndedApiKeys(Database database) : IEndedCallers
{
    public async Task<IReadOnlyCollection<Guid>> EndedAsync(DateTimeOffset since, DateTimeOffset until, CancellationToken cancellation) =>
        await database.QueryAsync<Guid>("SELECT id FROM gateway_api_keys WHERE revoked_at >= @since OR (expires_at > @since AND expires_at <= @until)", new { since, until }, cancellation);
}
