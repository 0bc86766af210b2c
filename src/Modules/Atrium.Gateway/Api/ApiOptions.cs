using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Api;

/// <summary>Fields that go on as the program wrote them.</summary>
internal static class ApiOptions
{
    /// <param name="name">The name it has at the provider, null for its own.</param>
    public static void Take(this ChatOptions options, JsonElement from, string field, string? name = null)
    {
        if (from.Member(field) is { } value)
            (options.AdditionalProperties ??= [])[name ?? field] = value;
    }
}
