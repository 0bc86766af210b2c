using System.Text;
using Atrium.Platform.Data;
using Atrium.Platform.Security.Signing;
using Atrium.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Platform.Tests.Security;

/// <summary>Signed requests between programs, in and out.</summary>
[Keeps("L-090")]
public sealed class RequestSignaturesTests(HousePair houses) : IClassFixture<HousePair>
{
    // The published example of Standard Webhooks 1.0.
    private const string ExampleSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private const string ExampleId = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string ExampleBody = "{\"test\": 2432232314}";
    private const long ExampleSeconds = 1614265330;

    private readonly FakeClock clock = new(DateTimeOffset.FromUnixTimeSeconds(ExampleSeconds));
    private readonly SigningSecret secret = SigningSecret.TryParse(ExampleSecret, out var parsed) ? parsed : throw new InvalidOperationException();

    private async Task<RequestSignatures> SignaturesAsync(DatabaseEngine engine = DatabaseEngine.Sqlite) =>
        new((await houses.OnAsync(engine)).Services.GetRequiredService<Database>(), clock);

    private static HeaderDictionary HeadersOf(HttpRequestMessage request) =>
        new(request.Headers.ToDictionary(header => header.Key, header => new Microsoft.Extensions.Primitives.StringValues([.. header.Value])));

    private static HeaderDictionary Signed(RequestSignatures signatures, SigningSecret secret, string id, string body = ExampleBody)
    {
        using var request = new HttpRequestMessage();
        signatures.Sign(request, secret, id, Encoding.UTF8.GetBytes(body));
        return HeadersOf(request);
    }

    private static Task<SignatureVerdict> CheckAsync(RequestSignatures signatures, HeaderDictionary headers, IReadOnlyList<SigningSecret> secrets, string body = ExampleBody, string sender = "other house") =>
        signatures.CheckAsync(sender, secrets, headers, Encoding.UTF8.GetBytes(body), default);

    [Fact]
    public async Task Signs_as_the_published_example_says()
    {
        using var request = new HttpRequestMessage();
        (await SignaturesAsync()).Sign(request, secret, ExampleId, Encoding.UTF8.GetBytes(ExampleBody));

        request.Headers.GetValues("webhook-signature").ShouldBe(["v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="]);
        request.Headers.GetValues("webhook-timestamp").ShouldBe(["1614265330"]);
    }

    [Theory, BothEngines]
    public async Task Obeys_a_request_once_and_another_senders_of_the_same_id_too(DatabaseEngine engine)
    {
        var signatures = await SignaturesAsync(engine);
        var headers = Signed(signatures, secret, "once-" + engine);

        var verdicts = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => CheckAsync(signatures, headers, [secret])));

        verdicts.Count(verdict => verdict == SignatureVerdict.Valid).ShouldBe(1);
        verdicts.Count(verdict => verdict == SignatureVerdict.Repeated).ShouldBe(9);
        (await CheckAsync(signatures, headers, [secret], sender: "third house")).ShouldBe(SignatureVerdict.Valid);
    }

    [Fact]
    public async Task Refuses_other_words_another_id_another_time_and_another_secret()
    {
        var signatures = await SignaturesAsync();
        var headers = Signed(signatures, secret, "tampered");

        (await CheckAsync(signatures, headers, [secret], ExampleBody + " ")).ShouldBe(SignatureVerdict.Wrong);
        (await CheckAsync(signatures, headers, [SigningSecret.New()])).ShouldBe(SignatureVerdict.Wrong);
        (await CheckAsync(signatures, new HeaderDictionary(headers.ToDictionary()) { ["webhook-id"] = "other" }, [secret])).ShouldBe(SignatureVerdict.Wrong);
        (await CheckAsync(signatures, new HeaderDictionary(headers.ToDictionary()) { ["webhook-timestamp"] = $"{ExampleSeconds + 1}" }, [secret])).ShouldBe(SignatureVerdict.Wrong);
        (await CheckAsync(signatures, headers, [])).ShouldBe(SignatureVerdict.Wrong);
        (await CheckAsync(signatures, headers, [secret])).ShouldBe(SignatureVerdict.Valid);
    }

    [Theory]
    [InlineData(300, SignatureVerdict.Valid)]
    [InlineData(301, SignatureVerdict.OutOfTime)]
    [InlineData(-300, SignatureVerdict.Valid)]
    [InlineData(-301, SignatureVerdict.OutOfTime)]
    public async Task Counts_for_five_minutes_either_way(int seconds, SignatureVerdict expected)
    {
        var signatures = await SignaturesAsync();
        var there = new RequestSignatures((await houses.OnAsync(DatabaseEngine.Sqlite)).Services.GetRequiredService<Database>(), new FakeClock(clock.GetUtcNow().AddSeconds(-seconds)));

        (await CheckAsync(signatures, Signed(there, secret, $"late {seconds}".Replace(' ', '-')), [secret])).ShouldBe(expected);
    }

    [Fact]
    public async Task Takes_the_old_and_the_new_secret_while_one_replaces_the_other()
    {
        var signatures = await SignaturesAsync();
        var next = SigningSecret.New();
        var both = Signed(signatures, secret, "both");
        both["webhook-signature"] = "v1,AAAA v2,BBBB " + Signed(signatures, next, "both")["webhook-signature"] + " " + both["webhook-signature"];

        (await CheckAsync(signatures, both, [next])).ShouldBe(SignatureVerdict.Valid);
        (await CheckAsync(signatures, Signed(signatures, secret, "old"), [next, secret])).ShouldBe(SignatureVerdict.Valid);
    }

    [Theory]
    [InlineData("webhook-id", "")]
    [InlineData("webhook-id", "has.point")]
    [InlineData("webhook-id", "has space")]
    [InlineData("webhook-timestamp", "")]
    [InlineData("webhook-timestamp", "soon")]
    [InlineData("webhook-timestamp", "-1")]
    [InlineData("webhook-timestamp", "99999999999999999999")]
    [InlineData("webhook-signature", "")]
    [InlineData("webhook-signature", "a b c d e f g h i")]
    public async Task Takes_what_cannot_be_read_for_unsigned(string header, string value)
    {
        var signatures = await SignaturesAsync();
        var headers = Signed(signatures, secret, "unreadable");
        headers[header] = value;

        (await CheckAsync(signatures, headers, [secret])).ShouldBe(SignatureVerdict.Missing);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_not base64 not base64 not base64!!")]
    public void Takes_no_weak_secret(string? text) => SigningSecret.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void A_secret_is_read_back_and_does_not_show_itself()
    {
        var made = SigningSecret.New();

        SigningSecret.TryParse(made.Reveal(), out var again).ShouldBeTrue();
        again.Reveal().ShouldBe(made.Reveal());
        $"{made}".ShouldBe("whsec_…");
    }
}
