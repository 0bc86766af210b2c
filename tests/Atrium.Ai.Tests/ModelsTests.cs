using System.Net;
using Atrium.Simulators;
using static Atrium.Ai.Tests.Connections;

namespace Atrium.Ai.Tests;

public sealed class ModelsTests : SimulatorTest
{
    private static readonly ChatClientFactory Factory = new(TimeProvider.System, OneAttempt);

    [Fact]
    public async Task Lists_models_with_their_kind()
    {
        var models = await Factory.ListModelsAsync(Row("openai"), To(Simulator), Loopback, Cancellation);

        models.Select(model => model.Id).ShouldBe(["sim-embedding", "sim-fast", "sim-image", "sim-reasoner", "sim-vision"]);
        models[0].Kind.ShouldBe(ProviderModelKind.Embedding);
        models[1].ContextTokens.ShouldBe(128_000);
        Simulator.Simulation.Requests[0].Path.ShouldBe("/v1/models");
    }

    [Fact]
    public async Task Falls_back_on_the_known_models_where_there_is_no_list()
    {
        var models = await Factory.ListModelsAsync(Row("perplexity"), To(Simulator), Loopback, Cancellation);

        models.ShouldContain(model => model.Id == "sonar");
        Simulator.Simulation.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("openai", "good-key", true, null)]
    [InlineData("openai", "bad-key", false, ProviderErrorKind.KeyRefused)]
    [InlineData("openai", "nocredit-key", false, ProviderErrorKind.QuotaExhausted)]
    [InlineData("openai", "slow-key", true, ProviderErrorKind.RateLimited)]
    [InlineData("openrouter", "good-key", true, null)]
    [InlineData("sambanova", "good-key", true, null)]
    [InlineData("sambanova", "bad-key", false, ProviderErrorKind.KeyRefused)]
    [InlineData("octoai", "good-key", false, ProviderErrorKind.Unsupported)]
    public async Task Checks_a_key(string row, string key, bool works, ProviderErrorKind? problem)
    {
        var result = await Factory.CheckKeyAsync(Row(row), To(Simulator, key), Loopback, Cancellation);

        result.Works.ShouldBe(works);
        (result.Problem?.Kind).ShouldBe(problem);
        if (problem is null)
            result.Models.ShouldContain(model => model.Id == "sim-fast");
    }

    [Fact]
    public async Task Proves_a_key_with_one_token_where_the_list_needs_none()
    {
        await Factory.CheckKeyAsync(Row("sambanova"), To(Simulator), Loopback, Cancellation);

        Simulator.Simulation.Requests[0].Path.ShouldBe("/v1/chat/completions");
        Simulator.Simulation.Requests[0].Json.GetProperty("max_tokens").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData("""[{"id":"a","type":"chat","context_length":10},{"id":"b","type":"image"}]""", "a:Chat:10 b:Image:")]
    [InlineData("""{"models":[{"id":"a"}]}""", "a:Chat:")]
    [InlineData("""{"data":[{"id":"text-embedding-3-small"},{"id":"whisper-1"},{"id":"gpt-image-2"}]}""", "gpt-image-2:Image: text-embedding-3-small:Embedding: whisper-1:Other:")]
    [InlineData("""{"data":[null,5,{},{"id":""},{"id":"ok"},{"id":"ok"},{"id":"ctl\u0007"},{"id":7}]}""", "ok:Chat:")]
    [InlineData("""{"data":{}}""", "")]
    [InlineData("5", "")]
    public async Task Reads_lists_of_every_shape(string body, string models)
    {
        var list = await Factory.ListModelsAsync(Row("together"), ReplayHandler.Connection(Row("together")), new HttpMessageInvoker(ReplayHandler.Of(body)), Cancellation);

        string.Join(' ', list.Select(model => $"{model.Id}:{model.Kind}:{model.ContextTokens}")).ShouldBe(models);
    }

    [Fact]
    public async Task Reads_what_models_can_do()
    {
        const string body = """
            {"data":[{"id":"a","name":"Model A","architecture":{"input_modalities":["text","image"]},"supported_parameters":["tools"],"top_provider":{"max_completion_tokens":99}},
                     {"id":"b","capabilities":{"function_calling":true,"vision":false}}]}
            """;

        var models = await Factory.ListModelsAsync(Row("openrouter"), ReplayHandler.Connection(Row("openrouter")), new HttpMessageInvoker(ReplayHandler.Of(body)), Cancellation);

        models[0].ShouldBe(new ProviderModel { Id = "a", Name = "Model A", Tools = true, ImagesIn = true, MaxOutputTokens = 99 });
        models[1].ShouldBe(new ProviderModel { Id = "b", Name = "b", Tools = true, ImagesIn = false });
    }

    [Fact]
    public async Task A_list_that_is_a_web_page_is_a_problem_with_the_address()
    {
        var result = await Factory.CheckKeyAsync(
            Row("openai"), ReplayHandler.Connection(Row("openai")), new HttpMessageInvoker(ReplayHandler.Of("<html></html>", HttpStatusCode.OK)), Cancellation);

        result.Works.ShouldBeFalse();
        result.Problem!.Kind.ShouldBe(ProviderErrorKind.Malformed);
        result.Problem.Message.ShouldContain("web page");
    }
}
