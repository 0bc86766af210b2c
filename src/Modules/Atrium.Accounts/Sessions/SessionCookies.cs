using Atrium.Platform.Configuration;
using Microsoft.AspNetCore.Http;

namespace Atrium.Accounts.Sessions;

/// <summary>The two cookies of a sign-in. Scripts see neither, and the refresh token goes only where it is used.</summary>
internal sealed class SessionCookies(HouseSettings settings)
{
    public const string RefreshPath = "/api/refresh";

    // Browsers treat loopback as a secure place, so only another plain-http address needs the weaker form.
    private readonly bool isSecure = settings.PublicUrl.Scheme == Uri.UriSchemeHttps || settings.PublicUrl.IsLoopback;

    /// <summary>Plain http away from this machine: a browser would drop a Secure cookie, and the network could read any other.</summary>
    public bool IsOriginInsecure => !isSecure;

    /// <summary>True when nobody may sign in here, because the operator has not accepted the risk.</summary>
    public bool RefusesSignIn => !isSecure && !settings.AllowInsecureHttp;

    private string AccessName => isSecure ? "__Host-atrium" : "atrium";

    private string RefreshName => isSecure ? "__Secure-atrium-refresh" : "atrium-refresh";

    public string? FindAccess(HttpRequest request) => request.Cookies[AccessName];

    public string? FindRefresh(HttpRequest request) => request.Cookies[RefreshName];

    public void Set(HttpResponse response, string access, string refresh)
    {
        response.Cookies.Append(AccessName, access, Options("/", TimeSpan.FromHours(settings.TokenHours)));
        response.Cookies.Append(RefreshName, refresh, Options(RefreshPath, TimeSpan.FromDays(settings.RefreshDays)));
    }

    public void Clear(HttpResponse response)
    {
        response.Cookies.Delete(AccessName, Options("/", null));
        response.Cookies.Delete(RefreshName, Options(RefreshPath, null));
    }

    private CookieOptions Options(string path, TimeSpan? lifetime) => new()
    {
        Path = path,
        MaxAge = lifetime,
        HttpOnly = true,
        Secure = isSecure,
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
    };
}
