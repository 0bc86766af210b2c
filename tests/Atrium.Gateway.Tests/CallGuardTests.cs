using System.Net;
using Atrium.Ai;
using Atrium.Gateway.Resilience;
using Atrium.Testing;
using Microsoft.Extensions.AI;
using Polly.CircuitBreaker;

namespace Atrium.Gateway.Tests;

public sealed class CallGuardTests : IDisposable
{
    private static readonly ProviderTimeouts Timeouts = new() { Retries = 2, LongestRetryWait = TimeSpan.FromSeconds(20) };

    private readonly FakeClock clock = new();
    private readonly Service service = new();

    [Fact]
    public void A_budget_is_used_up_and_comes_back_one_by_one()
    {
        var budget = new RetryBudget(clock);

        Enumerable.Range(0, 11).Count(_ => budget.TryTake()).ShouldBe(RetryBudget.Most);
        clock.Advance(RetryBudget.Refill);
        (budget.TryTake(), budget.TryTake()).ShouldBe((true, false));
        clock.Advance(TimeSpan.FromDays(1));
        Enumerable.Range(0, 11).Count(_ => budget.TryTake()).ShouldBe(RetryBudget.Most);
    }

    [Fact]
    public async Task Asks_again_when_the_provider_did_not_take_the_call()
    {
        service.Answer = _ => service.Count < 3 ? Refusal(HttpStatusCode.ServiceUnavailable, retryAfter: "0") : Good();

        (await AskAsync(Guard())).ShouldBe("Here.");

        service.Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(429, "0", """{"error":{"code":"insufficient_quota","type":"insufficient_quota","message":"You exceeded your current quota"}}""")]
    [InlineData(429, "21", "{}")]
    [InlineData(401, "0", "{}"), InlineData(403, "0", "{}"), InlineData(404, "0", "{}"), InlineData(400, "0", "{}")]
    [InlineData(504, "0", "{}")]
    public async Task Never_asks_again_for_what_would_be_refused_again_or_may_have_cost_something(int status, string retryAfter, string body)
    {
        service.Answer = _ => Refusal((HttpStatusCode)status, retryAfter, body);

        await Should.ThrowAsync<ProviderException>(() => AskAsync(Guard()));

        service.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_connection_that_ended_is_not_tried_again_and_one_that_was_never_made_is()
    {
        service.Answer = _ => throw new HttpRequestException(HttpRequestError.ResponseEnded);
        await Should.ThrowAsync<ProviderException>(() => AskAsync(Guard()));
        var afterSending = service.Count;
        service.Answer = _ => service.Count == afterSending + 1 ? throw new HttpRequestException(HttpRequestError.ConnectionError) : Good();
        var asking = AskAsync(Guard());
        clock.Advance(TimeSpan.FromSeconds(1));

        (await asking).ShouldBe("Here.");
        afterSending.ShouldBe(1);
        service.Count.ShouldBe(afterSending + 2);
    }

    [Fact]
    public async Task Waits_as_long_as_the_provider_asks()
    {
        service.Answer = _ => service.Count == 1 ? Refusal(HttpStatusCode.TooManyRequests, retryAfter: "7") : Good();

        var asking = AskAsync(Guard());
        clock.Advance(TimeSpan.FromSeconds(6.9));
        var early = service.Count;
        clock.Advance(TimeSpan.FromSeconds(0.2));

        (await asking).ShouldBe("Here.");
        (early, service.Count).ShouldBe((1, 2));
    }

    [Fact]
    public async Task A_provider_that_is_down_is_left_alone_and_tried_by_one_call_after_a_while()
    {
        var guard = Guard(retries: 0);
        service.Answer = _ => Refusal(HttpStatusCode.InternalServerError);

        for (var call = 0; call < 5; call++)
            await Should.ThrowAsync<ProviderException>(() => AskAsync(guard));
        var paused = await Should.ThrowAsync<BrokenCircuitException>(() => AskAsync(guard));
        guard.IsPaused.ShouldBeTrue();
        service.Count.ShouldBe(5);
        paused.RetryAfter.ShouldBe(TimeSpan.FromSeconds(30));

        clock.Advance(TimeSpan.FromSeconds(31));
        await Should.ThrowAsync<ProviderException>(() => AskAsync(guard));
        await Should.ThrowAsync<BrokenCircuitException>(() => AskAsync(guard));
        service.Count.ShouldBe(6, "one probe only");
        clock.Advance(TimeSpan.FromSeconds(31));
        await Should.ThrowAsync<BrokenCircuitException>(() => AskAsync(guard));

        clock.Advance(TimeSpan.FromSeconds(30));
        service.Answer = _ => Good();
        (await AskAsync(guard)).ShouldBe("Here.");
        guard.IsPaused.ShouldBeFalse();
        (await AskAsync(guard)).ShouldBe("Here.");
    }

    [Fact]
    public async Task Half_open_lets_one_of_many_through()
    {
        var guard = Guard(retries: 0);
        service.Answer = _ => Refusal(HttpStatusCode.InternalServerError);
        for (var call = 0; call < 5; call++)
            await Should.ThrowAsync<ProviderException>(() => AskAsync(guard));
        clock.Advance(TimeSpan.FromSeconds(31));
        var probe = new TaskCompletionSource<HttpResponseMessage>();
        service.Later = probe.Task;

        var asking = AskAsync(guard);
        await Should.ThrowAsync<BrokenCircuitException>(() => AskAsync(guard));
        probe.SetResult(Good());

        (await asking).ShouldBe("Here.");
        service.Count.ShouldBe(6);
    }

    [Fact]
    public async Task A_key_that_is_refused_or_out_of_credit_does_not_pause_the_others_calls()
    {
        var guard = Guard(retries: 0);
        service.Answer = _ => Refusal(HttpStatusCode.Unauthorized);

        for (var call = 0; call < 20; call++)
            await Should.ThrowAsync<ProviderException>(() => AskAsync(guard));

        service.Count.ShouldBe(20);
    }

    [Fact]
    public void Guards_are_kept_by_key_and_forgotten_when_nobody_calls()
    {
        var guards = new CallGuards(Timeouts, clock);
        var first = guards.For("first");

        guards.For("first").ShouldBeSameAs(first);
        guards.For("second").ShouldNotBeSameAs(first);
        clock.Advance(TimeSpan.FromHours(2));
        for (var key = 0; key < 1_100; key++)
            guards.For("other " + key);

        guards.For("first").ShouldNotBeSameAs(first);
    }

    public void Dispose() => service.Dispose();

    private CallGuard Guard(int retries = 2) => new(Timeouts with { Retries = retries }, clock);

    private async Task<string> AskAsync(CallGuard guard)
    {
        using var http = new HttpMessageInvoker(service, disposeHandler: false);
        var provider = ProviderCatalogue.Default.Find("openai")!;
        var client = new ChatClientFactory(clock, Timeouts with { Retries = 0 }).Create(provider, new ProviderConnection { ApiKey = "key" }, http);
        return (await guard.RunAsync(async token => await client.GetResponseAsync("hello", new ChatOptions { ModelId = "m" }, token), default)).Text;
    }

    private static HttpResponseMessage Refusal(HttpStatusCode status, string? retryAfter = null, string body = "{}")
    {
        var response = new HttpResponseMessage(status) { Content = new StringContent(body) };
        if (retryAfter is not null)
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        return response;
    }

    private static HttpResponseMessage Good() => new(HttpStatusCode.OK)
    {
        Content = new StringContent("""{"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Here."},"finish_reason":"stop"}]}"""),
    };

    private sealed class Service : HttpMessageHandler
    {
        public int Count { get; private set; }

        public Func<HttpRequestMessage, HttpResponseMessage> Answer { get; set; } = _ => Good();

        public Task<HttpResponseMessage>? Later { get; set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Count++;
            return Later ?? Task.FromResult(Answer(request));
        }
    }
}
