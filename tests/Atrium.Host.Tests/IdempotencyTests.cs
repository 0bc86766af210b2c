using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Atrium.Platform.Data;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Host.Tests;

public sealed class IdempotencyTests(HousePair houses) : IClassFixture<HousePair>
{
    [Theory, BothEngines]
    public async Task A_repeat_gets_the_first_answer_and_changes_nothing(DatabaseEngine engine)
    {
        var person = await (await houses.OnAsync(engine)).PersonAsync();

        using var first = await SendAsync(person, "once", new { title = "One" });
        using var second = await SendAsync(person, "once", new { title = "One" });

        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        second.StatusCode.ShouldBe(HttpStatusCode.Created);
        second.Headers.GetValues("Idempotent-Replayed").ShouldBe(["true"]);
        second.Headers.Location.ShouldBe(first.Headers.Location);
        (await second.Content.ReadAsStringAsync()).ShouldBe(await first.Content.ReadAsStringAsync());
        (await CountAsync(person)).ShouldBe(1);
    }

    [Theory, BothEngines]
    public async Task Of_twenty_at_once_one_happens(DatabaseEngine engine)
    {
        var person = await (await houses.OnAsync(engine)).PersonAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => SendAsync(person, "race", new { title = "One" })));

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.Created || answer.StatusCode == HttpStatusCode.Conflict);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created && !answer.Headers.Contains("Idempotent-Replayed")).ShouldBe(1);
        (await CountAsync(person)).ShouldBe(1);
    }

    [Theory, BothEngines]
    public async Task What_its_sender_did_not_wait_for_is_done_once_and_answered_later(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var body = JsonSerializer.Serialize(new { title = "One" });
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(house.Address.Host, house.Address.Port);
            var request = $"POST /api/conversations HTTP/1.1\r\nHost: {house.Address.Authority}\r\nAuthorization: Bearer {person.Token}\r\nContent-Type: application/json\r\nIdempotency-Key: gone\r\nContent-Length: {body.Length}\r\n\r\n{body}";
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        }

        HttpResponseMessage answer;
        do
            answer = await SendAsync(person, "gone", new { title = "One" });
        while (answer.StatusCode == HttpStatusCode.Conflict);

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await CountAsync(person)).ShouldBe(1);
    }

    [Theory, BothEngines]
    public async Task A_key_serves_one_request_of_one_person(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var (one, other) = (await house.PersonAsync(), await house.PersonAsync());
        using var first = await SendAsync(one, "mine", new { title = "One" });

        using var changed = await SendAsync(one, "mine", new { title = "Two" });
        using var foreign = await SendAsync(other, "mine", new { title = "One" });

        changed.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await changed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("idempotency-key-reused");
        foreign.StatusCode.ShouldBe(HttpStatusCode.Created);
        foreign.Headers.Contains("Idempotent-Replayed").ShouldBeFalse();
        (await CountAsync(other)).ShouldBe(1);
    }

    [Theory, BothEngines]
    public async Task A_refusal_is_repeated_as_it_was(DatabaseEngine engine)
    {
        var person = await (await houses.OnAsync(engine)).PersonAsync();

        using var first = await SendAsync(person, "wrong", new { title = 7 });
        using var second = await SendAsync(person, "wrong", new { title = 7 });

        first.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        second.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory, BothEngines]
    [Asvs("14.2.2")]
    public async Task A_sign_in_is_never_kept(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        async Task<HttpResponseMessage> SignInAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/login") { Content = JsonContent.Create(new { username = person.Username, password = TestHouse.Password }), Headers = { { "Idempotency-Key", "sign-in" } } };
            return await house.Client.SendAsync(request);
        }

        using var first = await SignInAsync();
        using var second = await SignInAsync();

        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        second.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await second.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("already-answered");
        (await house.Services.GetRequiredService<Database>().ScalarAsync<long>("SELECT COUNT(*) FROM platform_idempotency WHERE status = 200 AND body IS NOT NULL AND CAST(body AS text) LIKE '%refreshToken%'", null, default)).ShouldBe(0);
    }

    [Theory, BothEngines]
    public async Task What_is_stored_of_a_sign_in_does_not_help_to_guess_its_password(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var body = JsonSerializer.SerializeToUtf8Bytes(new { username = person.Username, password = TestHouse.Password });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/login") { Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } }, Headers = { { "Idempotency-Key", "guess" } } };

        (await house.Client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var stored = await house.Services.GetRequiredService<Database>().QueryAsync<string>("SELECT fingerprint FROM platform_idempotency", null, default);
        stored.ShouldNotBeEmpty();
        stored.ShouldNotContain(Convert.ToHexStringLower(SHA256.HashData(body)));
    }

    [Theory, BothEngines]
    public async Task An_end_that_nobody_knows_is_said_to_be_unknown(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        using var first = await SendAsync(person, "crashed", new { title = "One" });
        // As a killed process leaves it.
        await house.Services.GetRequiredService<Database>().ExecuteAsync("UPDATE platform_idempotency SET status = NULL, body = NULL, started_at = started_at - 3600000000 WHERE status IS NOT NULL", null, default);

        using var second = await SendAsync(person, "crashed", new { title = "One" });

        second.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await second.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("outcome-unknown");
        (await CountAsync(person)).ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\tb")]
    [InlineData("long")]
    public async Task Refuses_keys_that_are_none(string key)
    {
        var person = await (await houses.OnAsync(DatabaseEngine.Sqlite)).PersonAsync();

        using var answer = await SendAsync(person, key == "long" ? new string('k', 256) : key, new { title = "One" });

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await CountAsync(person)).ShouldBe(0);
    }

    private static async Task<HttpResponseMessage> SendAsync(TestPerson person, string key, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/conversations") { Content = JsonContent.Create(body) };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await person.Client.SendAsync(request);
    }

    private static async Task<int> CountAsync(TestPerson person) =>
        (await person.Client.GetFromJsonAsync<JsonElement>("/api/conversations")).GetProperty("items").GetArrayLength();
}
