using System.Net.Sockets;
using Atrium.Simulators;
using Microsoft.Extensions.AI;
using static Atrium.Ai.Tests.Connections;

namespace Atrium.Ai.Tests;

/// <summary>A key goes to the origins of its row and nowhere else, whatever a service says; and where none can be reached, it says so.</summary>
public sealed class OriginTests : SimulatorTest
{
    private static readonly ProviderTimeouts ThreeAttempts = new() { Retries = 2 };

    public static MatrixTheoryData<string, int> Redirects { get; } =
        new([.. RowIds], [301, 302, 303, 307, 308]);

    [Theory]
    [MemberData(nameof(Redirects))]
    public async Task No_redirect_takes_the_key_to_another_host(string row, int status)
    {
        await using var elsewhere = await SimulatorHost.StartAsync(cancellation: Cancellation);
        var reply = new Reply { Status = status, Body = "", Headers = new Dictionary<string, string> { ["Location"] = To(elsewhere, row: row).BaseUrl! } };
        Simulator.Simulation.Enqueue(reply, reply);

        var (_, streamed) = await CollectAsync(Chat(Simulator, row).GetStreamingResponseAsync("Hi", Options(), Cancellation));
        var whole = await Should.ThrowAsync<ProviderException>(() => Chat(Simulator, row).GetResponseAsync("Hi", Options(), Cancellation));

        streamed!.Kind.ShouldBe(ProviderErrorKind.Malformed);
        whole.Kind.ShouldBe(ProviderErrorKind.Malformed);
        whole.ToString().ShouldNotContain(Key);
        elsewhere.Simulation.Requests.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Rows), MemberType = typeof(Connections))]
    public async Task No_entry_of_a_poisoned_list_of_models_moves_a_call(string row)
    {
        string[] hostile = ["https://evil.example/v1", "//evil.example/x", "../../../evil", "..", "x@evil.example", "x?key=1", "x#y", @"..\..\evil", "x:y@z", "%2e%2e%2fevil", "models/../../evil"];
        var names = System.Text.Json.JsonSerializer.Serialize(hostile.Select(name => new { id = name, name, model = name, supportedGenerationMethods = new[] { "generateContent" }, modelId = name, model_id = name, displayName = name, owner = name }));
        var factory = new ChatClientFactory(TimeProvider.System, OneAttempt);
        var models = await factory.ListModelsAsync(
            Row(row), ReplayHandler.Connection(Row(row)), new HttpMessageInvoker(ReplayHandler.Of($$"""{"data":{{names}},"models":{{names}},"modelSummaries":{{names}},"resources":{{names}},"items":{{names}},"nextPageToken":"https://evil.example","last_id":"https://evil.example"}""")), Cancellation);
        if (Row(row).ModelsPath is not null)
            models.Count.ShouldBeGreaterThan(5);

        foreach (var model in models)
        {
            var handler = ReplayHandler.Of("{}", System.Net.HttpStatusCode.BadRequest);
            await Should.ThrowAsync<ProviderException>(() => handler.Client(row).GetResponseAsync("Hi", Options(model.Id), Cancellation));
            handler.RequestAddress!.GetLeftPart(UriPartial.Authority).ShouldBe("https://provider.example", model.Id);
            handler.RequestAddress.AbsolutePath.ShouldStartWith("/v1/", Case.Sensitive, model.Id);
            handler.RequestAddress.Query.ShouldBeOneOf("", "?version=2024-05-31");
        }
    }

    [Theory]
    [MemberData(nameof(Rows), MemberType = typeof(Connections))]
    public async Task An_address_the_caller_refuses_is_final(string row)
    {
        var attempts = 0;
        using var http = Dialling(_ =>
        {
            attempts++;
            throw new NotSupportedException("This address cannot be used.");
        });

        var failure = await FailAsync(row, To(Simulator, row: row), http, TimeProvider.System);

        failure.Kind.ShouldBe(ProviderErrorKind.Unreachable);
        failure.IsRetryable.ShouldBeFalse();
        attempts.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Rows), MemberType = typeof(Connections))]
    public async Task A_name_nobody_knows_is_said_once(string row)
    {
        var attempts = 0;
        using var http = Dialling(_ =>
        {
            attempts++;
            throw new SocketException((int)SocketError.HostNotFound);
        });

        var failure = await FailAsync(row, To(Simulator, row: row), http, TimeProvider.System);

        failure.Kind.ShouldBe(ProviderErrorKind.Unreachable);
        failure.Message.ShouldContain("could not be reached");
        attempts.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Rows), MemberType = typeof(Connections))]
    public async Task A_connection_that_is_refused_is_tried_again_and_then_said(string row)
    {
        var attempts = 0;
        using var http = Dialling(_ =>
        {
            attempts++;
            throw new SocketException((int)SocketError.ConnectionRefused);
        });
        var clock = ManualClock.AtPresent();
        var failing = FailAsync(row, To(Simulator, row: row), http, clock);

        while (!failing.IsCompleted)
        {
            clock.AdvanceToTimerWithin(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        (await failing).Kind.ShouldBe(ProviderErrorKind.Unreachable);
        attempts.ShouldBe(3);
        clock.Timers.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Rows), MemberType = typeof(Connections))]
    public async Task A_certificate_that_is_none_is_said_once(string row)
    {
        // The simulator speaks plain HTTP: its answer to a TLS hello is no TLS.
        var plain = new Uri(To(Simulator, row: row).BaseUrl!);
        var connection = At($"https://{plain.Authority}{plain.AbsolutePath}", Row(row));

        var failure = await FailAsync(row, connection, Loopback, ManualClock.AtPresent());

        failure.Kind.ShouldBe(ProviderErrorKind.Unreachable);
        failure.IsRetryable.ShouldBeFalse();
        Simulator.Simulation.Requests.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Rows), MemberType = typeof(Connections))]
    public async Task Leaves_neither_a_connection_nor_a_timer_behind(string row)
    {
        var closed = new CountedConnections();
        var clock = ManualClock.AtPresent();
        Fault[] faults = [Fault.None, Fault.Reset, Fault.Garbage, Fault.WebPage, Fault.EndlessLine, Fault.BrokenChunk, Fault.ErrorInside, Fault.Cut, Fault.EndEarly, Fault.KeyRefused];
        foreach (var fault in faults)
        {
            Simulator.Simulation.Enqueue(new Reply { Fault = fault, FaultAt = 1_500, Words = 50 });
            var client = new ChatClientFactory(clock, OneAttempt).Create(Row(row), To(Simulator, row: row), closed.Http);
            await CollectAsync(client.GetStreamingResponseAsync("Hi", Options(), Cancellation));
            clock.Timers.ShouldBe(0, $"{fault}");
        }
        Simulator.Simulation.Enqueue(new Reply { Words = 100_000, TokensPerSecond = 100 });
        await foreach (var update in new ChatClientFactory(clock, OneAttempt).Create(Row(row), To(Simulator, row: row), closed.Http).GetStreamingResponseAsync("Hi", Options(), Cancellation))
            if (update.Text.Length > 0)
                break;

        closed.Dispose();

        await closed.AllClosed.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        clock.Timers.ShouldBe(0);
    }

    private static HttpMessageInvoker Dialling(Func<SocketsHttpConnectionContext, Stream> dial) =>
        new(new SocketsHttpHandler { UseProxy = false, ConnectCallback = (context, _) => ValueTask.FromResult(dial(context)) });

    private static Task<ProviderException> FailAsync(string row, ProviderConnection connection, HttpMessageInvoker http, TimeProvider clock) =>
        Should.ThrowAsync<ProviderException>(() => new ChatClientFactory(clock, ThreeAttempts).Create(Row(row), connection, http).GetResponseAsync("Hi", Options(), Cancellation));
}
