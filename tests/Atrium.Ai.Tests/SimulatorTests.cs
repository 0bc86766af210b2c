using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using static Atrium.Ai.Tests.Connections;

namespace Atrium.Ai.Tests;

/// <summary>What people do with the simulator: scripts over HTTP and magic words.</summary>
public sealed class SimulatorTests : SimulatorTest
{
    [Fact]
    public async Task Takes_a_script_and_tells_what_was_asked()
    {
        (await SendAsync(HttpMethod.Post, "_script", """[{"text":"First."},{"fault":"quota-exhausted"}]""")).Status.ShouldBe(HttpStatusCode.NoContent);

        (await Chat(Simulator).GetResponseAsync("Hi", Options(), Cancellation)).Text.ShouldBe("First.");
        (await Should.ThrowAsync<ProviderException>(() => Chat(Simulator).GetResponseAsync("Hi", Options(), Cancellation))).Kind.ShouldBe(ProviderErrorKind.QuotaExhausted);

        var requests = JsonSerializer.Deserialize<JsonElement>((await SendAsync(HttpMethod.Get, "_requests")).Body);
        requests.GetArrayLength().ShouldBe(2);
        requests[0].GetProperty("path").GetString().ShouldBe("/v1/chat/completions");
    }

    [Fact]
    public async Task Forgets_a_script()
    {
        await SendAsync(HttpMethod.Post, "_script", """[{"text":"First."}]""");
        await SendAsync(HttpMethod.Delete, "_script");

        (await Chat(Simulator).GetResponseAsync("Hi", Options(), Cancellation)).Text.ShouldBe("This is a simulated answer to: Hi");
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""[{"nonsense":1}]""")]
    [InlineData("""{"text":"no list"}""")]
    public async Task Refuses_a_script_it_does_not_understand(string script) =>
        (await SendAsync(HttpMethod.Post, "_script", script)).Status.ShouldBe(HttpStatusCode.BadRequest);

    [Theory]
    [InlineData("sim:words=7", "the house by the river has many")]
    [InlineData("nothing magic", "This is a simulated answer to: nothing magic")]
    [InlineData("sim:bytes=1 sim:words=2", "the house")]
    public async Task Understands_magic_words(string prompt, string text) =>
        (await Chat(Simulator).GetResponseAsync(prompt, Options(), Cancellation)).Text.ShouldBe(text);

    [Theory]
    [InlineData("sim:401", ProviderErrorKind.KeyRefused)]
    [InlineData("sim:429=7", ProviderErrorKind.RateLimited)]
    [InlineData("sim:long", ProviderErrorKind.ContextTooLong)]
    [InlineData("sim:cut=10", ProviderErrorKind.Truncated)]
    public async Task Misbehaves_at_a_word(string prompt, ProviderErrorKind kind) =>
        (await Should.ThrowAsync<ProviderException>(() => Chat(Simulator).GetResponseAsync(prompt, Options(), Cancellation))).Kind.ShouldBe(kind);

    [Theory]
    [InlineData("""{"messages":[]}""")]
    [InlineData("""{"model":"m","messages":[]}""")]
    [InlineData("""{"model":"m","messages":[{"role":"wizard","content":"x"}]}""")]
    [InlineData("""{"model":"m","messages":[{"role":"user","content":null}]}""")]
    [InlineData("""{"model":"m","messages":[{"role":"tool","tool_call_id":"x","content":"y"}]}""")]
    [InlineData("""{"model":"m","messages":[{"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"user","content":"x"}]}""")]
    [InlineData("{")]
    public async Task Refuses_what_the_real_service_refuses(string body) =>
        (await SendAsync(HttpMethod.Post, "v1/chat/completions", body)).Status.ShouldBe(HttpStatusCode.BadRequest);

    private async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Simulator.Address, path));
        request.Headers.Authorization = new("Bearer", Key);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await Loopback.SendAsync(request, Cancellation);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }
}
