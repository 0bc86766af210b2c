using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Features;

namespace Atrium.Simulators.OciGenAiChat;

/// <summary>Checks a request's signature as Oracle Cloud does: the headers it must cover, the body's hash, the clock and the key.</summary>
internal static partial class OciSignatureCheck
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public static async Task<bool> IsSignedAsync(HttpContext http, DateTimeOffset now)
    {
        if (Form().Match(http.Request.Headers.Authorization.ToString()) is not { Success: true } form)
            return false;
        var names = form.Groups["headers"].Value.ToLowerInvariant().Split(' ');
        var date = names.Contains("x-date") ? "x-date" : "date";
        string[] needed = http.Request.Method is "POST"
            ? ["(request-target)", date, "host", "x-content-sha256", "content-type", "content-length"]
            : ["(request-target)", date, "host"];
        if (needed.Except(names, StringComparer.Ordinal).Any() || !form.Groups["keyId"].Value.EndsWith("/" + SimulatedSecrets.OciFingerprint, StringComparison.Ordinal))
            return false;
        if (!DateTimeOffset.TryParseExact(http.Request.Headers[date], "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) || (at - now).Duration() > Tolerance)
            return false;
        if (http.Request.Method is "POST" && http.Request.Headers["x-content-sha256"] != await HashAsync(http))
            return false;
        var text = string.Join('\n', names.Select(name => $"{name}: {ValueOf(http, name)}"));
        return SimulatedSecrets.VerifiesOci(Encoding.UTF8.GetBytes(text), Convert.FromBase64String(form.Groups["signature"].Value));
    }

    /// <summary>The person a key belongs to, which is all that a request says of it; empty when it says nothing.</summary>
    public static string UserOf(HttpContext http) =>
        Form().Match(http.Request.Headers.Authorization.ToString()) is { Success: true } form && form.Groups["keyId"].Value.Split('/') is [_, var user, _] ? user : "";

    private static async Task<string> HashAsync(HttpContext http)
    {
        http.Request.Body.Position = 0;
        var hash = Convert.ToBase64String(await SHA256.HashDataAsync(http.Request.Body, http.RequestAborted));
        http.Request.Body.Position = 0;
        return hash;
    }

    private static string ValueOf(HttpContext http, string name) => name is "(request-target)"
        ? $"{http.Request.Method.ToLowerInvariant()} {http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget}"
        : http.Request.Headers[name].ToString();

    [GeneratedRegex("^Signature version=\"1\", ?keyId=\"(?<keyId>[^\"]+)\", ?algorithm=\"rsa-sha256\", ?headers=\"(?<headers>[^\"]+)\", ?signature=\"(?<signature>[A-Za-z0-9+/=]+)\"\\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
