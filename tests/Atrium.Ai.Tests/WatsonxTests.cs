using Atrium.Simulators;
using Microsoft.Extensions.AI;
using static Atrium.Ai.Tests.Connections;

namespace Atrium.Ai.Tests;

public sealed class WatsonxTests : SimulatorTest
{
    private const string Row = "ibm-watsonx";

    [Fact]
    public async Task Exchanges_a_key_once_for_many_calls_at_once()
    {
        var client = Client(new ManualClock());

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client().GetResponseAsync("Hi", Options(), Cancellation)));

        Exchanges().ShouldBe(1);
        Simulator.Simulation.Asked().Count.ShouldBe(20);
    }

    [Fact]
    public async Task Exchanges_it_anew_a_minute_before_the_token_ends()
    {
        var clock = new ManualClock();
        var client = Client(clock);
        await client().GetResponseAsync("Hi", Options(), Cancellation);

        clock.Advance(TimeSpan.FromMinutes(58));
        await client().GetResponseAsync("Hi", Options(), Cancellation);
        Exchanges().ShouldBe(1);

        clock.Advance(TimeSpan.FromMinutes(1.5));
        await client().GetResponseAsync("Hi", Options(), Cancellation);
        Exchanges().ShouldBe(2);
    }

    [Fact]
    public async Task A_token_that_ended_too_soon_is_exchanged_anew_once()
    {
        var client = Client(new ManualClock());
        await client().GetResponseAsync("Hi", Options(), Cancellation);
        Simulator.Simulation.TokensAreRevokedUntil = DateTimeOffset.UtcNow;

        (await client().GetResponseAsync("Hi", Options(), Cancellation)).Text.ShouldContain("Hi");

        Exchanges().ShouldBe(2);
        Simulator.Simulation.Asked().Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_token_that_is_always_refused_is_a_refused_key_after_one_more_try()
    {
        Simulator.Simulation.TokensAreRevokedUntil = DateTimeOffset.MaxValue;

        var failure = await Should.ThrowAsync<ProviderException>(() => Client(new ManualClock())().GetResponseAsync("Hi", Options(), Cancellation));

        failure.Kind.ShouldBe(ProviderErrorKind.KeyRefused);
        Exchanges().ShouldBe(2);
        Simulator.Simulation.Asked().Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_failed_exchange_is_not_kept()
    {
        var factory = new ChatClientFactory(TimeProvider.System, OneAttempt);
        var connection = To(Simulator, "bad-key", Row);

        for (var i = 0; i < 2; i++)
            (await Should.ThrowAsync<ProviderException>(() => factory.Create(Connections.Row(Row), connection, Loopback).GetResponseAsync("Hi", Options(), Cancellation))).Kind.ShouldBe(ProviderErrorKind.KeyRefused);

        Exchanges().ShouldBe(2);
        Simulator.Simulation.Asked().ShouldBeEmpty();
    }

    [Fact]
    public async Task No_failure_shows_the_token()
    {
        Simulator.Simulation.Default = new Reply { Status = 400, Body = $$"""{"errors":[{"code":"x","message":"Bearer {{SimulatedSecrets.IamToken(1)}} is odd"}]}""" };

        var failure = await Should.ThrowAsync<ProviderException>(() => Client(new ManualClock())().GetResponseAsync("Hi", Options(), Cancellation));

        failure.ToString().ShouldNotContain("sim-token-1");
        failure.ProviderMessage.ShouldBe("Bearer ••• is odd");
    }

    [Fact]
    public async Task Whoever_leaves_does_not_take_the_exchange_from_the_others()
    {
        var gate = new TaskCompletionSource<AccessToken>();
        var tokens = new TokenCache(TimeProvider.System);
        using var leaving = new CancellationTokenSource();
        var first = tokens.GetAsync("k", () => gate.Task, leaving.Token);
        var second = tokens.GetAsync("k", () => throw new InvalidOperationException("A second exchange."), Cancellation);

        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        gate.SetResult(new AccessToken("t", DateTimeOffset.MaxValue));

        (await second).Text.ShouldBe("t");
    }

    [Theory]
    [InlineData("projectId", "project_id")]
    [InlineData("spaceId", "space_id")]
    public async Task Names_the_project_or_the_space(string setting, string field)
    {
        var connection = new ProviderConnection
        {
            ApiKey = Key,
            BaseUrl = Simulator.BaseUrlOf("watsonx-chat"),
            Settings = new Dictionary<string, string> { ["region"] = "us-south", [setting] = "mine", ["version"] = "2025-01-01" },
        };

        await new ChatClientFactory(TimeProvider.System, OneAttempt).Create(Connections.Row(Row), connection, Loopback).GetResponseAsync("Hi", Options(), Cancellation);

        Simulator.Simulation.Asked()[0].Json.GetProperty(field).GetString().ShouldBe("mine");
        Simulator.Simulation.Asked()[0].Path.ShouldEndWith("/ml/v1/text/chat?version=2025-01-01");
    }

    [Fact]
    public async Task Says_that_a_project_is_missing_before_any_call()
    {
        var connection = new ProviderConnection { ApiKey = Key, BaseUrl = Simulator.BaseUrlOf("watsonx-chat"), Settings = new Dictionary<string, string> { ["region"] = "us-south" } };

        var failure = await Should.ThrowAsync<ProviderException>(
            () => new ChatClientFactory(TimeProvider.System, OneAttempt).Create(Connections.Row(Row), connection, Loopback).GetResponseAsync("Hi", Options(), Cancellation));

        failure.Field.ShouldBe("projectId");
        Simulator.Simulation.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wish_for_a_tool_by_name_has_its_own_field()
    {
        var options = Options();
        options.Tools = [AIFunctionFactory.Create(() => 1, "one")];
        options.ToolMode = ChatToolMode.RequireSpecific("one");

        await Client(new ManualClock())().GetResponseAsync("Hi", options, Cancellation);

        var body = Simulator.Simulation.Asked()[0].Json;
        body.GetProperty("tool_choice").GetProperty("function").GetProperty("name").GetString().ShouldBe("one");
        body.TryGetProperty("tool_choice_option", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Lists_models_by_what_they_make()
    {
        var models = await new ChatClientFactory(TimeProvider.System, OneAttempt).ListModelsAsync(Connections.Row(Row), To(Simulator, row: Row), Loopback, Cancellation);

        models.Select(model => (model.Id, model.Kind)).ShouldBe(
            [("sim-embedding", ProviderModelKind.Embedding), ("sim-fast", ProviderModelKind.Chat), ("sim-vision", ProviderModelKind.Chat)]);
        models[1].MaxOutputTokens.ShouldBe(8_192);
    }

    private int Exchanges() => Simulator.Simulation.Requests.Count(request => request.Path.EndsWith("/token", StringComparison.Ordinal));

    /// <summary>A client for each call, as the gateway makes them; what they share is the factory.</summary>
    private Func<IChatClient> Client(TimeProvider clock)
    {
        var factory = new ChatClientFactory(clock, OneAttempt);
        return () => factory.Create(Connections.Row(Row), To(Simulator, row: Row), Loopback);
    }
}
