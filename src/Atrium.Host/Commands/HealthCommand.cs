using System.CommandLine;
using System.Net;
using Atrium.Platform.Configuration;

namespace Atrium.Host.Commands;

/// <summary><c>atrium health</c>: asks the house on this machine whether it is ready; for container health checks, which have no curl.</summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public static Command Create()
    {
        var command = new Command("health", "Exit code 0 when the house on this machine is ready.");
        command.SetAction((_, cancellation) => AskAsync(cancellation));
        return command;
    }

    private static async Task<int> AskAsync(CancellationToken cancellation)
    {
        var settings = SettingsLoader.FromEnvironment(Directory.GetCurrentDirectory());
        var host = settings.Bind.Equals(IPAddress.Any) || settings.Bind.Equals(IPAddress.IPv6Any) ? IPAddress.Loopback : settings.Bind;
        using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { Timeout = Timeout };
        try
        {
            var answer = await client.GetAsync(new UriBuilder("http", host.ToString(), settings.Port, "/ready").Uri, cancellation);
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return 1;
        }
    }
}
