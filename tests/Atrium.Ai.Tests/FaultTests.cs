using System.Net;
using Atrium.Simulators;
using Microsoft.Extensions.AI;
using static Atrium.Ai.Tests.Connections;

namespace Atrium.Ai.Tests;

[Keeps("Z-039", "Z-117")]
public sealed class FaultTests : SimulatorTest
{
    [Theory]
    [InlineData(Fault.Reset, ProviderErrorKind.Unreachable)]
    [InlineData(Fault.Garbage, ProviderErrorKind.Malformed)]
    [InlineData(Fault.WebPage, ProviderErrorKind.Malformed)]
    [InlineData(Fault.EndlessLine, ProviderErrorKind.Malformed)]
    [InlineData(Fault.BadGateway, ProviderErrorKind.Unavailable)]
    [InlineData(Fault.ErrorWithOk, ProviderErrorKind.Unavailable)]
    [InlineData(Fault.BadRequest, ProviderErrorKind.BadRequest)]
    [InlineData(Fault.ContextTooLong, ProviderErrorKind.ContextTooLong)]
    [InlineData(Fault.ContentFiltered, ProviderErrorKind.ContentFiltered)]
    [InlineData(Fault.KeyRefused, ProviderErrorKind.KeyRefused)]
    [InlineData(Fault.NotAllowed, ProviderErrorKind.NotAllowed)]
    [InlineData(Fault.ModelNotFound, ProviderErrorKind.ModelNotFound)]
    [InlineData(Fault.RateLimited, ProviderErrorKind.RateLimited)]
    [InlineData(Fault.QuotaExhausted, ProviderErrorKind.QuotaExhausted)]
    [InlineData(Fault.ServerError, ProviderErrorKind.Unavailable)]
    [InlineData(Fault.Overloaded, ProviderErrorKind.Unavailable)]
    public async Task Names_what_went_wrong(Fault fault, ProviderErrorKind kind)
    {
        Simulator.Simulation.Enqueue(new Reply { Fault = fault }, new Reply { Fault = fault });

        var streamed = await FailAsync(Chat(Simulator).GetStreamingResponseAsync("Hi", Options(), Cancellation));
        var whole = await Should.ThrowAsync<ProviderException>(() => Chat(Simulator).GetResponseAsync("Hi", Options(), Cancellation));

        streamed.Kind.ShouldBe(kind);
        whole.Kind.ShouldBe(kind);
        whole.ProviderId.ShouldBe("openai-compatible");
        Simulator.Simulation.Requests.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(Fault.BrokenChunk, ProviderErrorKind.Malformed)]
    [InlineData(Fault.ErrorInside, ProviderErrorKind.Unavailable)]
    [InlineData(Fault.Cut, ProviderErrorKind.Truncated)]
    [InlineData(Fault.EndEarly, ProviderErrorKind.Truncated)]
    public async Task Delivers_the_text_before_a_fault_inside_the_stream(Fault fault, ProviderErrorKind kind)
    {
        Simulator.Simulation.Enqueue(new Reply { Fault = fault, FaultAt = 2_000, Words = 20 });

        var (answer, failure) = await CollectAsync(Chat(Simulator).GetStreamingResponseAsync("Hi", Options(), Cancellation));

        failure.ShouldNotBeNull();
        failure.Kind.ShouldBe(kind);
        answer.Text.ShouldStartWith("the house by the river");
    }

    [Fact]
    public async Task Keeps_the_usage_that_was_known_when_a_stream_fails()
    {
        Simulator.Simulation.Enqueue(new Reply { Fault = Fault.ErrorInside, Words = 20, UsagePlace = UsagePlace.OnEveryChunk });

        var failure = await FailAsync(Chat(Simulator).GetStreamingResponseAsync("Hi", Options(), Cancellation));

        failure.Usage!.OutputTokenCount.ShouldBe(11);
    }

    [Fact]
    public async Task Says_when_nothing_listens()
    {
        var address = Simulator.OpenAiBaseUrl;
        await Simulator.DisposeAsync();
        var client = new ChatClientFactory(TimeProvider.System, OneAttempt)
            .Create(Row("openai-compatible"), new ProviderConnection { BaseUrl = address }, Loopback);

        var failure = await Should.ThrowAsync<ProviderException>(() => client.GetResponseAsync("Hi", Options(), Cancellation));

        failure.Kind.ShouldBe(ProviderErrorKind.Unreachable);
        failure.IsRetryable.ShouldBeTrue();
    }

    [Fact]
    public async Task Follows_no_redirect()
    {
        Simulator.Simulation.Enqueue(new Reply
        {
            Status = 307,
            Body = "",
            Headers = new Dictionary<string, string> { ["Location"] = $"{Simulator.OpenAiBaseUrl}/elsewhere" },
        });

        var failure = await Should.ThrowAsync<ProviderException>(() => Chat(Simulator).GetResponseAsync("Hi", Options(), Cancellation));

        failure.Kind.ShouldBe(ProviderErrorKind.Malformed);
        failure.Status.ShouldBe(HttpStatusCode.TemporaryRedirect);
        Simulator.Simulation.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Reads_a_stream_under_the_wrong_content_type_and_an_answer_in_place_of_a_stream()
    {
        Simulator.Simulation.Enqueue(
            new Reply { Text = "One.", ContentType = "application/json" },
            new Reply { Body = """{"choices":[{"message":{"content":"Two."},"finish_reason":"stop"}]}""", ContentType = "text/event-stream" });

        (await Chat(Simulator).GetStreamingResponseAsync("Hi", Options(), Cancellation).ToChatResponseAsync(Cancellation)).Text.ShouldBe("One.");
        (await Chat(Simulator).GetStreamingResponseAsync("Hi", Options(), Cancellation).ToChatResponseAsync(Cancellation)).Text.ShouldBe("Two.");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public async Task Reads_a_stream_in_writes_of_any_size(int bytesPerWrite)
    {
        Simulator.Simulation.Enqueue(new Reply { Text = "Xin chào 👋", BytesPerWrite = bytesPerWrite, LineEnds = "crlf", Comments = true });

        var answer = await Chat(Simulator).GetStreamingResponseAsync("Hi", Options(), Cancellation).ToChatResponseAsync(Cancellation);

        answer.Text.ShouldBe("Xin chào 👋");
        answer.Usage.ShouldNotBeNull();
    }

    [Fact]
    public async Task Leaves_out_stream_options_where_a_host_does_not_know_them()
    {
        Simulator.Simulation.Enqueue(
            new Reply { Status = 422, Body = """{"detail":[{"loc":["body","stream_options"],"msg":"stream_options: extra fields not permitted"}]}""" },
            new Reply { Text = "Yes." });

        (await Chat(Simulator).GetStreamingResponseAsync("Hi", Options(), Cancellation).ToChatResponseAsync(Cancellation)).Text.ShouldBe("Yes.");

        Simulator.Simulation.Requests[0].Json.TryGetProperty("stream_options", out _).ShouldBeTrue();
        Simulator.Simulation.Requests[1].Json.TryGetProperty("stream_options", out _).ShouldBeFalse();
    }

    private static async Task<ProviderException> FailAsync(IAsyncEnumerable<ChatResponseUpdate> stream) =>
        (await CollectAsync(stream)).Failure.ShouldNotBeNull();
}
