using System.Text.Json;
using Atrium.Ai;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Api;

/// <summary>Fields that go on as the program wrote them.</summary>
internal static class ApiOptions
{
    /// <summary>Keeps a mark for the provider's cache.</summary>
    public static TContent Marked<TContent>(this TContent content, JsonElement from) where TContent : AIContent
    {
        if (from.Object("cache_control") is { } mark)
            (content.AdditionalProperties ??= [])[RequestKeys.CacheControl] = mark;
        return content;
    }

    /// <param name="name">The name it has at the provider, null for its own.</param>
    public static void Take(this ChatOptions options, JsonElement from, string field, string? name = null)
    {
        if (from.Member(field) is { } value)
            (options.AdditionalProperties ??= [])[name ?? field] = value;
    }
}
