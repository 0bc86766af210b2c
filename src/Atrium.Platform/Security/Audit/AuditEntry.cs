using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Atrium.Platform.Security.Audit;

/// <summary>Something that happened and that an admin must be able to find later.</summary>
public sealed record AuditEntry
{
    /// <summary>Module and past-tense words, such as <c>accounts.signed-in</c>. Never renamed: old rows keep it.</summary>
    public required string Action { get; init; }

    /// <summary>Who did it; null for a stranger and for the operator of the machine.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>The actor's name at that time.</summary>
    public string? ActorName { get; init; }

    /// <summary>The id of what it was done to.</summary>
    public Guid? Target { get; init; }

    /// <summary>The network address it came from.</summary>
    public required string Network { get; init; }

    /// <summary>What changed, in a few words. Never a secret, and nothing that somebody typed into a field for secrets.</summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = new Dictionary<string, string>();

    /// <summary>Something the caller of this request does.</summary>
    public static AuditEntry Of(HttpContext context, string action, Guid? target = null)
    {
        var caller = Caller.From(context.User);
        return new AuditEntry { Action = action, ActorId = caller?.PersonId, ActorName = caller?.Username, Target = target, Network = AddressOf(context) };
    }

    /// <returns>The network address of a request, an IPv4 one in its own form; empty when there is none.</returns>
    public static string AddressOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        return (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString() ?? "";
    }

    internal string DetailsAsJson() => JsonSerializer.Serialize(Details);
}
