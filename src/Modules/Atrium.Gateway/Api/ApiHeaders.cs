using System.Globalization;
using Atrium.Gateway.Cache;
using Microsoft.AspNetCore.Http;

namespace Atrium.Gateway.Api;

/// <summary>What an answer that comes whole says beside its body.</summary>
internal static class ApiHeaders
{
    /// <param name="cost">US dollars; null when unknown.</param>
    public static void NameProvider(this HttpResponse response, string provider, string model, decimal? cost)
    {
        response.HttpContext.Features.Set(new AnsweredCall(provider, model, cost));
        response.Headers["x-atrium-provider"] = provider;
        response.Headers["x-atrium-model"] = Uri.EscapeDataString(model);
        if (cost is { } dollars)
            response.Headers["x-atrium-cost"] = dollars.ToString("0.############", CultureInfo.InvariantCulture);
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-store";
    }
}
