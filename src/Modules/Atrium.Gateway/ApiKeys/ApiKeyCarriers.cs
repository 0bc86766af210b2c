using Microsoft.AspNetCore.Http;

namespace Atrium.Gateway.ApiKeys;

/// <summary>Where programs put their key: each provider's own programs have another header.</summary>
internal static class ApiKeyCarriers
{
    private const string Bearer = "Bearer ";

    private static readonly string[] Headers = ["x-api-key", "x-goog-api-key", "api-key"];
    private static readonly string[] Parameters = ["key", "api_key", "api-key", "apikey", "x-api-key", "access_token", "token"];

    /// <returns>The secret; null when there is none. Ambiguous when two carriers hold different ones.</returns>
    public static (string? Secret, bool IsAmbiguous) Find(HttpRequest request)
    {
        var found = All(request).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).Take(2).ToList();
        return found.Count == 2 ? (null, true) : (found.FirstOrDefault(), false);
    }

    /// <returns>What stands in the address where a key may stand, or looks like one; null when nothing does.</returns>
    public static string? InAddress(HttpRequest request)
    {
        if (!request.QueryString.HasValue)
            return null;
        foreach (var (name, values) in request.Query)
        {
            foreach (var value in values)
            {
                if (value is not null && (Parameters.Contains(name, StringComparer.OrdinalIgnoreCase) || value.StartsWith(ApiKeySecret.Beginning, StringComparison.Ordinal)))
                    return value;
            }
        }
        return null;
    }

    private static IEnumerable<string> All(HttpRequest request)
    {
        foreach (var value in request.Headers.Authorization)
        {
            if (value is not null && value.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
                yield return value[Bearer.Length..].Trim();
        }
        foreach (var header in Headers)
        {
            foreach (var value in request.Headers[header])
                yield return value?.Trim() ?? "";
        }
    }
}
