using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Atrium.Platform.Data;

namespace Atrium.Accounts.Invitations;

/// <summary>A way in for one person, once, for some days. Only the hash of its token is kept.</summary>
internal sealed record InvitationRow
{
    public required Guid Id { get; init; }

    public required string TokenHash { get; init; }

    public required string Role { get; init; }

    public required string Note { get; init; }

    public required Guid CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>What an invitation's token opens.</summary>
internal static class Invitation
{
    /// <summary>Longest text a request may carry as an invitation.</summary>
    public const int LongestInput = 128;

    private const string Prefix = "inv_";
    private const int SecretLength = 32;
    private const string Open = "token_hash = @hash AND used_at IS NULL AND expires_at > @now";

    public static string NewToken() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretLength));

    /// <summary>A plain hash is enough: the token has 256 random bits.</summary>
    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <returns>The role it gives; null when it is not open.</returns>
    public static Task<string?> FindRoleAsync(Database database, string token, DateTimeOffset now, CancellationToken cancellation) =>
        database.ScalarAsync<string>($"SELECT role FROM accounts_invitations WHERE {Open}", new { hash = HashOf(token), now }, cancellation);

    /// <summary>Uses it up within the unit that makes the person: of two racing units one gets it.</summary>
    public static bool TryUse(WriteUnit unit, string token, Guid personId, DateTimeOffset now) => unit.Execute(
        $"UPDATE accounts_invitations SET used_at = @now, used_by = @personId WHERE {Open}", new { hash = HashOf(token), personId, now }) == 1;
}
