using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Features;

namespace Atrium.Simulators.BedrockConverse;

/// <summary>Checks a request's signature as AWS does: computes it anew from what arrived, and looks at the clock.</summary>
internal static partial class AwsSignatureCheck
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>The error and its message; empty for a request that is signed well, or has a bearer.</summary>
    public static async Task<(string Type, string Message)> RefusalAsync(HttpContext http, DateTimeOffset now)
    {
        var headers = http.Request.Headers;
        var authorization = headers.Authorization.ToString();
        if (authorization.StartsWith("Bearer ", StringComparison.Ordinal))
            return ("", "");
        if (Form().Match(authorization) is not { Success: true } form)
            return ("MissingAuthenticationTokenException", "Missing Authentication Token");
        var time = headers["x-amz-date"].ToString();
        if (!DateTimeOffset.TryParseExact(time, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            return ("IncompleteSignatureException", "Date must be in ISO-8601 'basic format'.");
        if (at < now - Tolerance)
            return ("InvalidSignatureException", $"Signature expired: {time} is now earlier than {now - Tolerance:yyyyMMdd'T'HHmmss'Z'} ({now:yyyyMMdd'T'HHmmss'Z'} - 5 min.)");
        if (at > now + Tolerance)
            return ("InvalidSignatureException", $"Signature not yet current: {time} is still later than {now + Tolerance:yyyyMMdd'T'HHmmss'Z'} ({now:yyyyMMdd'T'HHmmss'Z'} + 5 min.)");
        if (headers["x-amz-security-token"].ToString().StartsWith("expired", StringComparison.Ordinal))
            return ("ExpiredTokenException", "The security token included in the request is expired");
        var canonical = await CanonicalAsync(http, form.Groups["names"].Value);
        var scope = form.Groups["scope"].Value;
        var toSign = $"AWS4-HMAC-SHA256\n{time}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var expected = Hex(HMACSHA256.HashData(Key(scope), Encoding.UTF8.GetBytes(toSign)));
        return scope.StartsWith(time[..8], StringComparison.Ordinal) && scope.EndsWith("/bedrock/aws4_request", StringComparison.Ordinal)
            && expected == form.Groups["signature"].Value
            ? ("", "")
            : ("InvalidSignatureException", $"The request signature we calculated does not match the signature you provided. The Canonical String for this request should have been '{canonical}'");
    }

    /// <summary>The access key id, or the bearer; empty without either.</summary>
    public static string KeyOf(HttpContext http)
    {
        var authorization = http.Request.Headers.Authorization.ToString();
        return authorization.StartsWith("Bearer ", StringComparison.Ordinal) ? authorization["Bearer ".Length..] : Form().Match(authorization).Groups["key"].Value;
    }

    private static async Task<string> CanonicalAsync(HttpContext http, string names)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?', 2);
        var path = string.Join('/', target[0].Split('/').Select(Uri.EscapeDataString));
        var query = target.Length < 2 ? "" : string.Join('&', target[1].Split('&').Order(StringComparer.Ordinal));
        var headers = string.Concat(names.Split(';').Select(name => $"{name}:{Squeezed(http.Request.Headers[name].ToString())}\n"));
        http.Request.Body.Position = 0;
        var hash = Hex(await SHA256.HashDataAsync(http.Request.Body, http.RequestAborted));
        http.Request.Body.Position = 0;
        return $"{http.Request.Method}\n{path}\n{query}\n{headers}\n{names}\n{hash}";
    }

    private static byte[] Key(string scope)
    {
        var key = Encoding.UTF8.GetBytes("AWS4" + SimulatedSecrets.AwsSecretAccessKey);
        foreach (var part in scope.Split('/'))
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return key;
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    private static string Squeezed(string value) => Spaces().Replace(value.Trim(), " ");

    [GeneratedRegex(@"^AWS4-HMAC-SHA256 Credential=(?<key>[^/]+)/(?<scope>[^,]+), ?SignedHeaders=(?<names>[^,]+), ?Signature=(?<signature>[0-9a-f]{64})\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Form();

    [GeneratedRegex(" +", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();
}
