using Atrium.Simulators;
using Microsoft.Extensions.AI;
using static Atrium.Ai.Tests.Connections;

namespace Atrium.Ai.Tests;

/// <summary>A thing a provider may be able to do, and the proof of it against the simulator of its dialect.</summary>
/// <param name="Title">Head of its column.</param>
/// <param name="IsPromised">Whether a row says that it can.</param>
/// <param name="Prove">Fails unless it can; the mark to show.</param>
internal sealed record ProviderFeature(string Title, Func<Provider, bool> IsPromised, Func<SimulatorHost, Provider, Task<string>> Prove);

/// <summary>Everything that is proven of each provider.</summary>
internal static class ProviderFeatures
{
    private const string Yes = "✓";

    private static readonly (Fault Fault, ProviderErrorKind Kind)[] Failures =
    [
        (Fault.KeyRefused, ProviderErrorKind.KeyRefused), (Fault.NotAllowed, ProviderErrorKind.NotAllowed), (Fault.RateLimited, ProviderErrorKind.RateLimited),
        (Fault.QuotaExhausted, ProviderErrorKind.QuotaExhausted), (Fault.ModelNotFound, ProviderErrorKind.ModelNotFound), (Fault.ContextTooLong, ProviderErrorKind.ContextTooLong),
        (Fault.BadRequest, ProviderErrorKind.BadRequest), (Fault.Overloaded, ProviderErrorKind.Unavailable), (Fault.BadGateway, ProviderErrorKind.Unavailable),
        (Fault.WebPage, ProviderErrorKind.Malformed), (Fault.ErrorInside, ProviderErrorKind.Unavailable), (Fault.EndEarly, ProviderErrorKind.Truncated),
    ];

    public static IReadOnlyList<ProviderFeature> All { get; } =
    [
        new("chat", _ => true, ChatAsync),
        new("stream", _ => true, StreamAsync),
        new("tools", row => row.Capabilities.Tools, ToolsAsync),
        new("images in", row => row.Capabilities.ImagesIn, ImagesInAsync),
        new("usage", _ => true, UsageAsync),
        new("cancel", _ => true, CancelAsync),
        new("errors", _ => true, ErrorsAsync),
        new("models", _ => true, ModelsAsync),
        new("key check", _ => true, KeyCheckAsync),
        new("embeddings", row => row.Capabilities.Embeddings, EmbeddingsAsync),
        new("images out", row => row.Capabilities.ImagesOut, ImagesOutAsync),
    ];

    private static async Task<string> ChatAsync(SimulatorHost simulator, Provider row)
    {
        (await Client(simulator, row).GetResponseAsync("Hello", Options(), Cancellation)).Text.ShouldBe("This is a simulated answer to: Hello");
        return Yes;
    }

    private static async Task<string> StreamAsync(SimulatorHost simulator, Provider row)
    {
        var pieces = new List<string>();
        await foreach (var update in Client(simulator, row).GetStreamingResponseAsync("Hello", Options(), Cancellation))
            pieces.Add(update.Text);
        string.Concat(pieces).ShouldBe("This is a simulated answer to: Hello");
        pieces.Count(piece => piece.Length > 0).ShouldBeGreaterThan(3);
        return Yes;
    }

    private static async Task<string> ToolsAsync(SimulatorHost simulator, Provider row)
    {
        simulator.Simulation.Enqueue(new Reply { Text = "", ToolCalls = [new("weather", """{"city":"Huế"}""")] });
        var options = Options();
        options.Tools = [AIFunctionFactory.Create((string city) => city, "weather", "Tells the weather.")];
        var client = Client(simulator, row);
        var answer = await client.GetStreamingResponseAsync("Weather?", options, Cancellation).ToChatResponseAsync(Cancellation);
        var call = answer.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ShouldHaveSingleItem();
        call.Arguments!["city"]!.ToString().ShouldBe("Huế");
        var result = new ChatMessage(ChatRole.Tool, [new FunctionResultContent(call.CallId, "Sunny")]);
        (await client.GetResponseAsync([User("Weather?"), .. answer.Messages, result], options, Cancellation)).Text.ShouldBe("The tool has answered.");
        return Yes;
    }

    private static async Task<string> ImagesInAsync(SimulatorHost simulator, Provider row)
    {
        var message = new ChatMessage(ChatRole.User, [new TextContent("What is this?"), new DataContent(new byte[] { 0x89, 0x50, 0x4E, 0x47 }, "image/png")]);
        (await Client(simulator, row).GetResponseAsync([message], Options("sim-vision"), Cancellation)).Text.ShouldStartWith("I see 1 image.");
        return Yes;
    }

    private static async Task<string> UsageAsync(SimulatorHost simulator, Provider row)
    {
        // A service that is not asked for counts has them at the end of its own accord.
        var place = row.Deviations.SendsStreamOptions ? UsagePlace.WhenAsked : UsagePlace.OnFinish;
        var reply = new Reply { Text = "one two three", Usage = new ReplyUsage(12, 3), UsagePlace = place };
        simulator.Simulation.Enqueue(reply, reply);
        foreach (var stream in (bool[])[false, true])
        {
            var usage = (await Client(simulator, row).AskAsync(stream, [User("Hi")], Options())).Usage.ShouldNotBeNull();
            (usage.InputTokenCount, usage.OutputTokenCount).ShouldBe((12, 3));
        }
        return Yes;
    }

    private static async Task<string> CancelAsync(SimulatorHost simulator, Provider row)
    {
        simulator.Simulation.Enqueue(new Reply { Words = 100_000, TokensPerSecond = 1_000 });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var before = simulator.Simulation.Requests.Count;
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var update in Client(simulator, row).GetStreamingResponseAsync("Hi", Options(), stop.Token))
                if (update.Text.Length > 0)
                    await stop.CancelAsync();
        });
        var asked = simulator.Simulation.Requests.Skip(before).ToList();
        var streamed = asked.Find(request => request.Path.EndsWith("/stream", StringComparison.Ordinal)) ?? asked.First(request => !request.Path.EndsWith("/token", StringComparison.Ordinal));
        (await streamed.Ended).ShouldBe(RequestEnd.ClosedByClient);
        return Yes;
    }

    private static async Task<string> ErrorsAsync(SimulatorHost simulator, Provider row)
    {
        foreach (var (fault, kind) in Failures)
        {
            simulator.Simulation.Default = new Reply { Fault = fault, FaultAt = 600, Words = 30 };
            var (_, failure) = await CollectAsync(Client(simulator, row).GetStreamingResponseAsync("Hi", Options(), Cancellation));
            failure.ShouldNotBeNull($"{fault}").Kind.ShouldBe(kind, $"{fault}");
        }
        return Yes;
    }

    private static async Task<string> ModelsAsync(SimulatorHost simulator, Provider row)
    {
        var models = await Factory().ListModelsAsync(row, Connection(simulator, row), Loopback, Cancellation);
        models.ShouldNotBeEmpty();
        if (row.ModelsPath is not null)
            models.ShouldContain(model => model.Id.EndsWith("sim-fast", StringComparison.Ordinal));
        return row.ModelsPath is not null ? "listed" : row.ModelsSetting is not null ? "typed" : "known";
    }

    private static async Task<string> KeyCheckAsync(SimulatorHost simulator, Provider row)
    {
        (await Factory().CheckKeyAsync(row, Connection(simulator, row), Loopback, Cancellation)).Works.ShouldBeTrue();
        if (row.Authentication is ProviderAuthentication.None)
            return "–";
        (await Factory().CheckKeyAsync(row, Connection(simulator, row, "bad-key"), Loopback, Cancellation)).Problem.ShouldNotBeNull().Kind.ShouldBe(ProviderErrorKind.KeyRefused);
        return Yes;
    }

    private static async Task<string> EmbeddingsAsync(SimulatorHost simulator, Provider row)
    {
        var vectors = await Factory().CreateEmbeddings(row, Connection(simulator, row), Loopback, "sim-embedding").GenerateAsync(["one", "two"], cancellationToken: Cancellation);
        vectors.Select(vector => vector.Dimensions).ShouldBe([8, 8]);
        return Yes;
    }

    private static async Task<string> ImagesOutAsync(SimulatorHost simulator, Provider row)
    {
        var response = await Factory().CreateImages(row, Connection(simulator, row), Loopback, "sim-image").GenerateAsync(new ImageGenerationRequest("A house"), cancellationToken: Cancellation);
        response.Contents.ShouldHaveSingleItem().ShouldBeOfType<DataContent>();
        return Yes;
    }

    private static ChatClientFactory Factory() => new(TimeProvider.System, OneAttempt);

    private static IChatClient Client(SimulatorHost simulator, Provider row) => Factory().Create(row, Connection(simulator, row), Loopback);

    private static ProviderConnection Connection(SimulatorHost simulator, Provider row, string key = Key) => At(simulator.BaseUrlOf(row.Dialect), row, key);
}
