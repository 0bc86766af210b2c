using System.ComponentModel.DataAnnotations;
using Atrium.Contracts.Accounts;
using Atrium.Gateway.Keys;
using Atrium.Platform.Http;

namespace Atrium.Gateway.HouseKeys;

/// <summary>
/// Provider keys that belong to the house. There are none until an admin adds one, and each is off until it is switched on. They serve people who
/// have no enabled key of their own at that provider.
/// </summary>
internal static class HouseKey
{
    public const string Route = "/api/admin/provider-keys";
    public const string Everyone = "everyone";
    public const int LongestAudience = 42;

    private const string GroupPrefix = "group:";

    /// <summary>Stands where a person's id stands in their own keys. Nobody has it: people's ids have another variant.</summary>
    public static readonly Guid OwnerId = new("00000000-0000-0000-0000-686f75736500");

    /// <summary>In which settings the operator may hand over a key, and of which provider each is.</summary>
    public static readonly IReadOnlyDictionary<string, string> ProviderOfSetting = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["OPENAI_API_KEY"] = "openai",
        ["ANTHROPIC_API_KEY"] = "anthropic",
        ["GOOGLE_API_KEY"] = "google-gemini",
        ["OPENROUTER_API_KEY"] = "openrouter",
        ["DEEPSEEK_API_KEY"] = "deepseek",
    };

    public static bool IsFor(ProviderKey key, Guid personId, IReadOnlyList<PeopleGroup> groups) =>
        key.Audience == Everyone || groups.Any(group => key.Audience == AudienceOf(group) && group.Members.Contains(personId));

    /// <returns>The audience as it is stored; null when there is no such group.</returns>
    public static async Task<string?> FindAudienceAsync(string? typed, IPeople people, CancellationToken cancellation)
    {
        var audience = typed?.ToLowerInvariant();
        return audience == Everyone || (await people.ListGroupsAsync(cancellation)).Any(group => AudienceOf(group) == audience) ? audience : null;
    }

    private static string AudienceOf(PeopleGroup group) => GroupPrefix + group.Id;

    /// <summary>What an admin says of a new key of the house.</summary>
    public record Terms
    {
        [StringLength(64, MinimumLength = 1)]
        public required string Provider { get; init; }

        [StringLength(Account.LongestKey)]
        public string? ApiKey { get; init; }

        /// <summary>One of the offered settings, whose key is taken over.</summary>
        [StringLength(64)]
        public string? Setting { get; init; }

        [StringLength(Account.LongestName), Printable]
        public string? Name { get; init; }

        [StringLength(Account.LongestUrl)]
        public string? BaseUrl { get; init; }

        public IReadOnlyDictionary<string, string?>? Settings { get; init; }

        /// <summary>everyone, or group: and a group's id.</summary>
        [StringLength(LongestAudience)]
        public required string Audience { get; init; }
    }
}
