using System.Net;
using Atrium.Simulators;
using Microsoft.Extensions.AI;
using static Atrium.Ai.Tests.Connections;

namespace Atrium.Ai.Tests;

[Keeps("Z-039", "Z-117")]
public sealed class FaultTests : SimulatorTest
{
    private static readonly (Fault Fault, ProviderErrorKind Kind)[] Failures =
    [
        (Fault.Reset, ProviderErrorKind.Unreachable),
        (Fault.Garbage, ProviderErrorKind.Malformed),
        (Fault.WebPage, ProviderErrorKind.Malformed),
        (Fault.EndlessLine, ProviderErrorKind.Malformed),
        (Fault.BadGateway, ProviderErrorKind.Unavailable),
        (Fault.ErrorWithOk, ProviderErrorKind.Unavailable),
        (Fault.BadRequest, ProviderErrorKind.BadRequest),
        (Fault.ContextTooLong, ProviderErrorKind.ContextTooLong),
        (Fault.ContentFiltered, ProviderErrorKind.ContentFiltered),
        (Fault.KeyRefused, ProviderErrorKind.KeyRefused),
        (Fault.NotAllowed, ProviderErrorKind.NotAllowed),
        (Fault.ModelNotFound, ProviderErrorKind.ModelNotFound),
        (Fault.RateLimited, ProviderErrorKind.RateLimited),
        (Fault.QuotaExhausted, ProviderErrorKind.QuotaExhausted),
        (Fault.ServerError, ProviderErrorKind.Unavailable),
        (Fault.Overloaded, ProviderErrorKind.Unavailable),
    ];

    private static readonly (Fault Fault, ProviderErrorKind Kind)[] FailuresInside =
    [
        (Fault.BrokenChunk, ProviderErrorKind.Malformed),
        (Fault.ErrorInside, ProviderErrorKind.Unavailable),
        (Fault.Cut, ProviderErrorKind.Truncated),
        (Fault.EndEarly, ProviderErrorKind.Truncated),
    ];

    public static MatrixTheoryData<string, int> RowsAndSizes { get; } = new([.. RowIds], [0, 1, 7]);

    public static TheoryData<string, Fault, ProviderErrorKind> EveryFailure { get; } = InEveryDialect(Failures);

    public static TheoryData<string, Fault, ProviderErrorKind> EveryFailureInside { get; } = InEveryDialect(FailuresInside);

    [Theory]
    [MemberData(nameof(EveryFailure))]
    public async Task Names_what_went_wrong(string row, Fault fault, ProviderErrorKind kind)
    {
        Simulator.Simulation.Default = new Reply { Fault = fault };

        var streamed = await FailAsync(Chat(Simulator, row).GetStreamingResponseAsync("Hi", Options(), Cancellation));
        var whole = await Should.ThrowAsync<ProviderException>(() => Chat(Simulator, row).GetResponseAsync("Hi", Options(), Cancellation));

        streamed.Kind.ShouldBe(kind);
        whole.Kind.ShouldBe(kind);
        whole.ProviderId.ShouldBe(row);
        whole.Message.ShouldContain(Row(row).Name);
        whole.Message.ShouldContain('.');
        // A refused token is exchanged anew once.
        Simulator.Simulation.Asked().Count.ShouldBe((row, fault) is ("ibm-watsonx", Fault.KeyRefused) ? 4 : 2);
    }

    [Theory]
    [MemberData(nameof(EveryFailureInside))]
    public async Task Delivers_the_text_before_a_fault_inside_the_stream(string row, Fault fault, ProviderErrorKind kind)
    {
        Simulator.Simulation.Enqueue(new Reply { Fault = fault, FaultAt = row is "replicate" ? 600 : 2_000, Words = 20 });

        var (answer, failure) = await CollectAsync(Chat(Simulator, row).GetStreamingResponseAsync("Hi", Options(), Cancellation));

        failure.ShouldNotBeNull();
        failure.Kind.ShouldBe(kind);
        answer.Text.ShouldStartWith("the house by the river");
    }

    [Theory]
    [InlineData("openai-compatible", 11)]
    [InlineData("google-gemini", 11)]
    [InlineData("anthropic", 1)]
    public async Task Keeps_the_usage_that_was_known_when_a_stream_fails(string row, int output)
    {
        Simulator.Simulation.Enqueue(new Reply { Fault = Fault.ErrorInside, Words = 20, UsagePlace = UsagePlace.OnEveryChunk });

        var failure = await FailAsync(Chat(Simulator, row).GetStreamingResponseAsync("Hi", Options(), Cancellation));

        failure.Usage!.OutputTokenCount.ShouldBe(output);
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
    [MemberData(nameof(RowsAndSizes))]
    public async Task Reads_a_stream_in_writes_of_any_size(string row, int bytesPerWrite)
    {
        Simulator.Simulation.Enqueue(new Reply { Text = "Xin chào 👋", BytesPerWrite = bytesPerWrite, LineEnds = "crlf", Comments = true });

        var answer = await Chat(Simulator, row).GetStreamingResponseAsync("Hi", Options(), Cancellation).ToChatResponseAsync(Cancellation);

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

    private static TheoryData<string, Fault, ProviderErrorKind> InEveryDialect((Fault Fault, ProviderErrorKind Kind)[] failures)
    {
        var data = new TheoryData<string, Fault, ProviderErrorKind>();
        foreach (var row in RowIds)
            foreach (var (fault, kind) in failures.Where(failure => CanHappen(failure.Fault, Row(row).Dialect)))
                data.Add(row, fault, kind);
        return data;
    }

    /// <summary>Not every service filters prompts, and text without a form cannot be broken.</summary>
    private static bool CanHappen(Fault fault, string dialect) => fault switch
    {
        Fault.ContentFiltered => !Unfiltered.Contains(dialect),
        Fault.BrokenChunk => dialect is not "replicate-predictions",
        _ => true,
    };

    private static async Task<ProviderException> FailAsync(IAsyncEnumerable<ChatResponseUpdate> stream) =>
        (await CollectAsync(stream)).Failure.ShouldNotBeNull();
}
