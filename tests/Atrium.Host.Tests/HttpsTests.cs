using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using Atrium.Testing;

namespace Atrium.Host.Tests;

public sealed class HttpsTests
{
    [Fact]
    [Keeps("B-016")]
    public async Task Serves_https_to_whoever_trusts_the_authority_of_the_house()
    {
        await using var server = ServerProcess.In();
        await server.StartAsync("run", "--https");
        using var client = new HttpClient(Trusting(server)) { BaseAddress = new UriBuilder(server.Address) { Scheme = "https" }.Uri };
        await UntilListeningAsync(client);

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
        using (var client = new HttpClient(Trusting(server)) { BaseAddress = new UriBuilder(server.Address) { Scheme = "https" }.Uri })
            await UntilListeningAsync(client);
        var before = await File.ReadAllTextAsync(Path.Combine(server.DataFolder, "local-authority.crt"));
        await server.StopAsync();

        await server.StartAsync("run");
        using var again = new HttpClient(Trusting(server)) { BaseAddress = new UriBuilder(server.Address) { Scheme = "https" }.Uri };
        await UntilListeningAsync(again);

        (await File.ReadAllTextAsync(Path.Combine(server.DataFolder, "local-authority.crt"))).ShouldBe(before);
    }

    [Fact]
    public async Task Refuses_to_start_with_https_on_and_a_public_address_of_plain_http()
    {
        await using var server = ServerProcess.In(null, new Dictionary<string, string> { ["HTTPS"] = "true", ["PUBLIC_URL"] = "http://home.example.org" });

        (await server.RunAsync("run")).ShouldBe(1);

        server.Output.ShouldContain("PUBLIC_URL");
    }

    private static HttpClientHandler Trusting(ServerProcess server) => new()
    {
        ServerCertificateCustomValidationCallback = (_, certificate, _, errors) =>
        {
            using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
            chain.ChainPolicy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile(Path.Combine(server.DataFolder, "local-authority.crt")));
            return !errors.HasFlag(System.Net.Security.SslPolicyErrors.RemoteCertificateNameMismatch) && chain.Build(certificate!);
        },
    };

    private static async Task UntilListeningAsync(HttpClient client)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync("/ready", timeout.Token);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException exception) when (exception.InnerException is System.Net.Sockets.SocketException)
            {
                // Not listening yet.
            }
            await Task.Delay(10, timeout.Token);
        }
    }
}
