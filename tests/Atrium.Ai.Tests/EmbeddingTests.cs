using Atrium.Simulators;
using Microsoft.Extensions.AI;
using static Atrium.Ai.Tests.Connections;

namespace Atrium.Ai.Tests;

public sealed class EmbeddingTests : SimulatorTest
{
    /// <summary>A row of each dialect that makes vectors, and a model of it.</summary>
    public static TheoryData<string, string, bool> RowsAndModels { get; } = new()
    {
        { "openai-compatible", "sim-embedding", true },
        { "mistral", "sim-embedding", true },
        { "azure-openai", "sim-embedding", true },
        { "google-gemini", "sim-embedding", false },
        { "cohere", "sim-embedding", true },
        { "ollama", "sim-embedding", true },
        { "ibm-watsonx", "sim-embedding", true },
        { "oracle-cloud-ai", "cohere.sim-embed", true },
        { "amazon-bedrock", "amazon.titan-embed-text-v2:0", true },
        { "amazon-bedrock", "cohere.embed-v4:0", false },
    };

    [Theory]
    [MemberData(nameof(RowsAndModels))]
    public async Task Makes_a_vector_of_each_text_in_order(string row, string model, bool counts)
    {
        string[] texts = ["xin chào", "hello", "世界 👋"];
        var generator = Generator(row);

        var vectors = await generator.GenerateAsync(texts, new EmbeddingGenerationOptions { ModelId = model }, Cancellation);
        var again = await generator.GenerateAsync(texts.Reverse(), new EmbeddingGenerationOptions { ModelId = model }, Cancellation);

        vectors.Select(vector => vector.Dimensions).ShouldBe([8, 8, 8]);
        vectors.Select(vector => vector.Vector.ToArray()).ShouldBe(again.Reverse().Select(vector => vector.Vector.ToArray()));
        vectors[0].ModelId.ShouldBe(model);
        (vectors.Usage?.InputTokenCount).ShouldBe(counts ? 5 : null);
    }

    [Theory]
    [MemberData(nameof(RowsAndModels))]
    public async Task Sends_many_texts_in_as_many_requests_as_the_service_needs(string row, string model, bool counts)
    {
        var texts = Enumerable.Range(0, row is "amazon-bedrock" ? 20 : 200).Select(i => $"text number {i}").ToList();

        var vectors = await Generator(row).GenerateAsync(texts, new EmbeddingGenerationOptions { ModelId = model }, Cancellation);

        vectors.Count.ShouldBe(texts.Count);
        (vectors.Usage?.InputTokenCount).ShouldBe(counts ? texts.Count * 3 : null);
    }

    [Theory]
    [InlineData("cohere", "search_document", "search_query")]
    [InlineData("oracle-cloud-ai", "SEARCH_DOCUMENT", "SEARCH_QUERY")]
    [InlineData("google-gemini", "RETRIEVAL_DOCUMENT", "RETRIEVAL_QUERY")]
    public async Task Says_what_the_texts_are_for(string row, string text, string query)
    {
        var options = new EmbeddingGenerationOptions { ModelId = "cohere.sim-embed" };
        await Generator(row).GenerateAsync(["x"], options, Cancellation);
        options.AdditionalProperties = new AdditionalPropertiesDictionary { [RequestKeys.EmbedQuery] = true };
        await Generator(row).GenerateAsync(["x"], options, Cancellation);

        Simulator.Simulation.Asked()[0].Body.ShouldContain(text);
        Simulator.Simulation.Asked()[1].Body.ShouldContain(query);
    }

    [Theory]
    [InlineData("""{"data":[]}""")]
    [InlineData("""{"data":[{"embedding":[1,"2"]}]}""")]
    [InlineData("""{"data":[{"embedding":[1e999]}]}""")]
    [InlineData("""{"data":[{"embedding":[]}]}""")]
    [InlineData("""{"data":[{"embedding":"AAA="}]}""")]
    [InlineData("""{"data":[null]}""")]
    [InlineData("""{"data":[{"embedding":[1]},{"embedding":[1]}]}""")]
    [InlineData("[]")]
    [InlineData("<html>")]
    public async Task Refuses_vectors_that_are_none(string body)
    {
        var generator = new ChatClientFactory(TimeProvider.System, OneAttempt).CreateEmbeddings(Row("openai"), ReplayHandler.Connection(Row("openai")), new HttpMessageInvoker(ReplayHandler.Of(body)));

        var failure = await Should.ThrowAsync<ProviderException>(() => generator.GenerateAsync(["x"], new EmbeddingGenerationOptions { ModelId = "m" }, Cancellation));

        failure.Kind.ShouldBeOneOf(ProviderErrorKind.Malformed, ProviderErrorKind.Unavailable);
    }

    [Fact]
    public async Task Reads_vectors_in_any_order_and_in_bytes()
    {
        var bytes = Convert.ToBase64String([.. BitConverter.GetBytes(1f), .. BitConverter.GetBytes(2f)]);
        var body = $$"""{"data":[{"index":1,"embedding":[3,4]},{"index":0,"embedding":"{{bytes}}"}]}""";
        var generator = new ChatClientFactory(TimeProvider.System).CreateEmbeddings(Row("openai"), ReplayHandler.Connection(Row("openai")), new HttpMessageInvoker(ReplayHandler.Of(body)), "m");

        var vectors = await generator.GenerateAsync(["a", "b"], cancellationToken: Cancellation);

        vectors.Select(vector => vector.Vector.ToArray()).ShouldBe([[1f, 2f], [3f, 4f]]);
    }

    [Fact]
    public async Task Says_before_the_call_what_cannot_be_done()
    {
        var factory = new ChatClientFactory(TimeProvider.System);

        Should.Throw<ProviderException>(() => factory.CreateEmbeddings(Row("anthropic"), To(Simulator, row: "anthropic"), Loopback)).Kind.ShouldBe(ProviderErrorKind.Unsupported);
        (await Should.ThrowAsync<ProviderException>(() => Generator("openai-compatible").GenerateAsync(["x"], cancellationToken: Cancellation))).Field.ShouldBe("model");
        (await Should.ThrowAsync<ProviderException>(() => Generator("openai-compatible").GenerateAsync([" "], cancellationToken: Cancellation))).Field.ShouldBe("input");
        (await Generator("openai-compatible").GenerateAsync([], new EmbeddingGenerationOptions { ModelId = "m" }, Cancellation)).ShouldBeEmpty();
        Simulator.Simulation.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Names_a_refused_key()
    {
        var generator = new ChatClientFactory(TimeProvider.System, OneAttempt).CreateEmbeddings(Row("openai-compatible"), To(Simulator, "bad-key"), Loopback, "m");

        (await Should.ThrowAsync<ProviderException>(() => generator.GenerateAsync(["x"], cancellationToken: Cancellation))).Kind.ShouldBe(ProviderErrorKind.KeyRefused);
    }

    private IEmbeddingGenerator<string, Embedding<float>> Generator(string row) =>
        new ChatClientFactory(TimeProvider.System, OneAttempt).CreateEmbeddings(Row(row), To(Simulator, row: row), Loopback);
}
