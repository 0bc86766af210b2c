using System.Net;
using Atrium.Platform.Configuration;
using Atrium.Platform.Http;

namespace Atrium.Platform.Tests.Http;

public sealed class GuardedHttpTests
{
    [Theory]
    [InlineData("127.0.0.1"), InlineData("127.255.255.254"), InlineData("0.0.0.0"), InlineData("10.1.2.3"), InlineData("172.16.0.1"), InlineData("172.31.255.255")]
    [InlineData("192.168.1.1"), InlineData("169.254.169.254"), InlineData("100.64.0.1"), InlineData("198.18.0.1"), InlineData("224.0.0.1"), InlineData("255.255.255.255")]
    [InlineData("::1"), InlineData("::"), InlineData("::ffff:127.0.0.1"), InlineData("::ffff:169.254.169.254"), InlineData("64:ff9b::7f00:1"), InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("fe80::1"), InlineData("fc00::1"), InlineData("fd00:ec2::254"), InlineData("ff02::1"), InlineData("2002:7f00:1::"), InlineData("2001:db8::1"), InlineData("2001::1"), InlineData("100::1"), InlineData("::127.0.0.1")]
    [InlineData("168.63.129.16"), InlineData("::ffff:168.63.129.16"), InlineData("2606:4700::5efe:7f00:1"), InlineData("2606:4700::200:5efe:a00:1"), InlineData("64:ff9b:1::808:808"), InlineData("fe80::1%2")]
    public void Knows_addresses_that_are_not_of_the_public_internet(string address) => PublicAddress.IsPublic(IPAddress.Parse(address)).ShouldBeFalse();

    [Theory]
    [InlineData("1.1.1.1"), InlineData("172.32.0.1"), InlineData("100.128.0.1"), InlineData("2606:4700:4700::1111"), InlineData("::ffff:8.8.8.8"), InlineData("64:ff9b::808:808")]
    public void Knows_addresses_of_the_public_internet(string address) => PublicAddress.IsPublic(IPAddress.Parse(address)).ShouldBeTrue();

    [Theory]
    [InlineData("http://127.0.0.1/"), InlineData("http://2130706433/"), InlineData("http://0x7f.1/"), InlineData("http://0177.0.0.1/"), InlineData("http://127.1/"), InlineData("http://[::ffff:7f00:1]/")]
    [InlineData("http://localhost./"), InlineData("http://user@169.254.169.254/"), InlineData("http://metadata.google.internal/"), InlineData("http://rebinding.example/")]
    [Asvs("1.3.6", "13.2.4")]
    public async Task Dials_nothing_that_is_private_however_it_is_spelt(string url)
    {
        var dialled = new List<IPEndPoint>();
        using var guarded = new GuardedHttp(
            SettingsLoader.Load(new Dictionary<string, string>()),
            (host, _) => Task.FromResult<IPAddress[]>(host.StartsWith("rebinding", StringComparison.Ordinal) ? [IPAddress.Parse("8.8.8.8"), IPAddress.Loopback] : [IPAddress.Parse("169.254.169.254")]),
            (endPoint, _) =>
            {
                dialled.Add(endPoint);
                throw new InvalidOperationException("A test never dials out.");
            });

        var exception = await Should.ThrowAsync<Exception>(() => guarded.Invoker.SendAsync(new HttpRequestMessage(HttpMethod.Get, url), default));

        Causes(exception).OfType<AddressRefusedException>().ShouldNotBeEmpty();
        dialled.ShouldBeEmpty();
    }

    [Fact]
    [Asvs("15.3.2")]
    public async Task Connects_to_the_very_address_it_checked()
    {
        var lookups = 0;
        var dialled = new List<IPEndPoint>();
        using var guarded = new GuardedHttp(
            SettingsLoader.Load(new Dictionary<string, string>()),
            (_, _) => Task.FromResult<IPAddress[]>(lookups++ == 0 ? [IPAddress.Parse("93.184.215.14")] : [IPAddress.Loopback]),
            (endPoint, _) =>
            {
                dialled.Add(endPoint);
                throw new System.Net.Sockets.SocketException();
            });

        await Should.ThrowAsync<Exception>(() => guarded.Invoker.SendAsync(new HttpRequestMessage(HttpMethod.Get, "http://example.org/"), default));

        dialled.ShouldBe([new IPEndPoint(IPAddress.Parse("93.184.215.14"), 80)]);
    }

    [Fact]
    [Asvs("13.2.5")]
    public async Task Reaches_a_private_address_that_the_operator_allowed_and_no_other_port_of_it()
    {
        var dialled = new List<IPEndPoint>();
        using var guarded = new GuardedHttp(
            SettingsLoader.Load(new Dictionary<string, string> { ["ATRIUM_PRIVATE_HOSTS"] = "127.0.0.1:11434" }),
            dial: (endPoint, _) =>
            {
                dialled.Add(endPoint);
                throw new System.Net.Sockets.SocketException();
            });

        await Should.ThrowAsync<Exception>(() => guarded.Invoker.SendAsync(new HttpRequestMessage(HttpMethod.Get, "http://127.0.0.1:11434/"), default));
        await Should.ThrowAsync<Exception>(() => guarded.Invoker.SendAsync(new HttpRequestMessage(HttpMethod.Get, "http://127.0.0.1:5432/"), default));

        dialled.ShouldBe([new IPEndPoint(IPAddress.Loopback, 11434)]);
    }

    [Fact]
    public async Task Judges_an_address_as_a_connection_would_and_dials_nothing()
    {
        using var guarded = new GuardedHttp(
            SettingsLoader.Load(new Dictionary<string, string> { ["ATRIUM_PRIVATE_HOSTS"] = "inside.example:443" }),
            (host, _) => host switch
            {
                "public.example" => Task.FromResult<IPAddress[]>([IPAddress.Parse("93.184.215.14")]),
                "inside.example" or "other.example" => Task.FromResult<IPAddress[]>([IPAddress.Parse("10.0.0.1")]),
                "empty.example" => Task.FromResult<IPAddress[]>([]),
                "slow.example" => Task.FromCanceled<IPAddress[]>(new CancellationToken(canceled: true)),
                _ => throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound),
            },
            (_, _) => throw new InvalidOperationException("Nothing is dialled."));

        foreach (var (address, isAllowed) in new[]
        {
            ("https://public.example", true), ("https://8.8.8.8", true), ("https://inside.example", true), ("https://inside.example:8443", false), ("https://other.example", false),
            ("https://empty.example", false), ("https://slow.example", false), ("https://nobody.example", false), ("https://127.0.0.1", false), ("https://[::1]", false),
        })
        {
            (await guarded.AllowsAsync(new Uri(address), default)).ShouldBe(isAllowed, address);
        }
    }

    [Fact]
    public async Task A_name_that_cannot_be_resolved_is_refused_like_a_private_one()
    {
        using var guarded = new GuardedHttp(SettingsLoader.Load(new Dictionary<string, string>()), (_, _) => throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound));

        var exception = await Should.ThrowAsync<Exception>(() => guarded.Invoker.SendAsync(new HttpRequestMessage(HttpMethod.Get, "https://nobody.example/"), default));

        Causes(exception).OfType<AddressRefusedException>().ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(1_000, 1_000, true), InlineData(1_001, 1_000, false), InlineData(5_000_000, 1_000, false)]
    public async Task A_capped_body_is_read_up_to_its_cap(int length, long cap, bool isWhole)
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using var guarded = new GuardedHttp(SettingsLoader.Load(new Dictionary<string, string> { ["ATRIUM_PRIVATE_HOSTS"] = "127.0.0.1:" + port }));
        var serving = ServeAsync(listener, length);

        using var response = await guarded.CappedAt(cap).SendAsync(new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}/"), default);
        var read = 0;
        var reading = async () =>
        {
            await using var body = await response.Content.ReadAsStreamAsync();
            var buffer = new byte[700];
            for (int count; (count = await body.ReadAsync(buffer)) > 0;)
                read += count;
        };

        if (isWhole)
            await reading();
        else
            await Should.ThrowAsync<HttpIOException>(reading);
        read.ShouldBeLessThanOrEqualTo((int)cap);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        response.Dispose();
        await serving;
    }

    private static async Task ServeAsync(System.Net.Sockets.TcpListener listener, int length)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n"));
            await stream.WriteAsync(new byte[length]);
        }
        catch (IOException)
        {
            // The reader had enough.
        }
    }

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
            yield return cause;
    }
}
