using Atrium.Simulators;
using Microsoft.Extensions.AI;
using static Atrium.Ai.Tests.Connections;

namespace Atrium.Ai.Tests;

public sealed class ImageTests : SimulatorTest
{
    [Theory]
    [InlineData("openai-compatible", "sim-image")]
    [InlineData("azure-openai", "sim-image")]
    [InlineData("xai", "sim-image")]
    [InlineData("google-gemini", "sim-vision")]
    [InlineData("amazon-bedrock", "amazon.nova-canvas-v1:0")]
    public async Task Makes_a_picture_after_words(string row, string model)
    {
        var response = await Generator(row).GenerateAsync(
            new ImageGenerationRequest("A house"), new ImageGenerationOptions { ModelId = model, Count = 1, ImageSize = new System.Drawing.Size(512, 288) }, Cancellation);

        var picture = response.Contents.ShouldHaveSingleItem().ShouldBeOfType<DataContent>();
        picture.MediaType.ShouldBe("image/png");
        picture.Data.Length.ShouldBeGreaterThan(50);
        Simulator.Simulation.Requests[0].Body.ShouldContain("A house");
    }

    [Theory]
    [InlineData("gpt-image-2", false)]
    [InlineData("grok-imagine", true)]
    public async Task Asks_for_bytes_where_the_model_knows_the_word(string model, bool asks)
    {
        await Generator("openai-compatible").GenerateAsync(new ImageGenerationRequest("A house"), new ImageGenerationOptions { ModelId = model }, Cancellation);

        Simulator.Simulation.Requests[0].Json.TryGetProperty("response_format", out _).ShouldBe(asks);
    }

    [Fact]
    public async Task Passes_an_address_on_that_is_safe()
    {
        var handler = ReplayHandler.Of("""{"data":[{"url":"https://cdn.example/1.png"},{"url":"javascript:alert(1)"},{"b64_json":"PHN2Zz4="}]}""");
        var generator = new ChatClientFactory(TimeProvider.System).CreateImages(Row("xai"), ReplayHandler.Connection(Row("xai")), new HttpMessageInvoker(handler), "m");

        (await generator.GenerateAsync(new ImageGenerationRequest("x"), cancellationToken: Cancellation)).Contents
            .ShouldHaveSingleItem().ShouldBeOfType<UriContent>().Uri.AbsoluteUri.ShouldBe("https://cdn.example/1.png");
    }

    [Fact]
    public async Task Says_before_the_call_what_cannot_be_done()
    {
        var factory = new ChatClientFactory(TimeProvider.System);
        var request = new ImageGenerationRequest("x");

        Should.Throw<ProviderException>(() => factory.CreateImages(Row("cohere"), To(Simulator, row: "cohere"), Loopback)).Kind.ShouldBe(ProviderErrorKind.Unsupported);
        (await Should.ThrowAsync<ProviderException>(() => Generator("openai-compatible").GenerateAsync(request, cancellationToken: Cancellation))).Field.ShouldBe("model");
        (await Should.ThrowAsync<ProviderException>(() => Generator("openai-compatible").GenerateAsync(new ImageGenerationRequest(" "), cancellationToken: Cancellation))).Field.ShouldBe("prompt");
        (await Should.ThrowAsync<ProviderException>(() => Generator("openai-compatible").GenerateAsync(request, new ImageGenerationOptions { Count = 99 }, Cancellation))).Field.ShouldBe("count");
        Simulator.Simulation.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"data":[]}""")]
    [InlineData("""{"data":[{"b64_json":"bm8="}]}""")]
    public async Task An_answer_without_a_picture_is_none(string body)
    {
        var generator = new ChatClientFactory(TimeProvider.System).CreateImages(Row("openai"), ReplayHandler.Connection(Row("openai")), new HttpMessageInvoker(ReplayHandler.Of(body)), "m");

        (await Should.ThrowAsync<ProviderException>(() => generator.GenerateAsync(new ImageGenerationRequest("x"), cancellationToken: Cancellation))).Kind.ShouldBe(ProviderErrorKind.Malformed);
    }

    private IImageGenerator Generator(string row) => new ChatClientFactory(TimeProvider.System, OneAttempt).CreateImages(Row(row), To(Simulator, row: row), Loopback);
}
