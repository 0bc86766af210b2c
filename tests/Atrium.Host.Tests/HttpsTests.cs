using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Atrium.Testing;

namespace Atrium.Host.Tests;

public sealed class HttpsTests
{
    [Fact]
    [Keeps("B-016")]
    [Asvs("12.3.2")]
    public async Task Serves_https_to_whoever_trusts_the_authority_of_the_house()
    {
        await using var server = ServerProcess.In();
        await server.StartAsync("run", "--https");
        using var client = await ConnectAsync(server);

        using var registered = await client.PostAsJsonAsync("/api/register", new { username = "mira", password = TestHouse.Password, setupToken = server.SetupToken });

        registered.EnsureSuccessStatusCode();
        registered.Headers.GetValues("Strict-Transport-Security").Single().ShouldContain("max-age=63072000");
        registered.Headers.GetValues("Set-Cookie").ShouldAllBe(cookie => cookie.Contains("secure", StringComparison.OrdinalIgnoreCase));
        server.Output.ShouldContain("https://localhost:");
        server.Output.ShouldContain("local-authority.crt");
        foreach (var key in Directory.EnumerateFiles(Path.Combine(server.DataFolder, "secrets"), "*.pem"))
            File.GetUnixFileMode(key).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.ReadAllText(Path.Combine(server.DataFolder, "local-authority.crt")).ShouldNotContain("PRIVATE KEY");
    }

    [Fact]
    public async Task Keeps_its_authority_over_a_restart()
    {
        await using var server = ServerProcess.In(null, new Dictionary<string, string> { ["HTTPS"] = "true" });
        await server.StartAsync("run");
        (await ConnectAsync(server)).Dispose();
        var before = await File.ReadAllTextAsync(Path.Combine(server.DataFolder, "local-authority.crt"));
        await server.StopAsync();

        await server.StartAsync("run");
        (await ConnectAsync(server)).Dispose();

        (await File.ReadAllTextAsync(Path.Combine(server.DataFolder, "local-authority.crt"))).ShouldBe(before);
    }

    [Fact]
    public async Task Refuses_to_start_with_https_on_and_a_public_address_of_plain_http()
    {
        await using var server = ServerProcess.In(null, new Dictionary<string, string> { ["HTTPS"] = "true", ["PUBLIC_URL"] = "http://home.example.org" });

        (await server.RunAsync("run")).ShouldBe(1);

        server.Output.ShouldContain("PUBLIC_URL");
    }

    /// <summary>Waits until the server listens, and trusts its authority alone.</summary>
    private static async Task<HttpClient> ConnectAsync(ServerProcess server)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var authority = Path.Combine(server.DataFolder, "local-authority.crt");
        while (!await IsListeningAsync(server.Address.Port, timeout.Token))
            await Task.Delay(10, timeout.Token);
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile(authority));
        var client = new HttpClient(new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = trust } }) { BaseAddress = new UriBuilder(server.Address) { Scheme = "https" }.Uri };
        while (!(await client.GetAsync("/ready", timeout.Token)).IsSuccessStatusCode)
            await Task.Delay(10, timeout.Token);
        return client;
    }

    private static async Task<bool> IsListeningAsync(int port, CancellationToken cancellation)
    {
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellation);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
