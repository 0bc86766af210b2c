using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using static Atrium.Ai.Tests.Connections;

namespace Atrium.Ai.Tests;

[Keeps("Z-043", "Z-044")]
public sealed class CatalogueTests
{
    private static readonly string[] Ids =
    [
        "openai", "anthropic", "google-gemini", "cohere", "groq", "azure-openai", "ai21", "mistral", "xai", "meta", "together", "fireworks", "deepinfra",
        "anyscale", "perplexity", "octoai", "huggingface", "replicate", "modal", "runpod", "vastai", "openrouter", "ibm-watsonx", "amazon-bedrock",
        "oracle-cloud-ai", "nvidia-nim", "ollama", "ollama-cloud", "deepseek", "cerebras", "sambanova", "openai-compatible",
    ];

    public static TheoryData<string> UsableRows => [.. ProviderCatalogue.Default.Providers.Where(row => row.IsUsable).Select(row => row.Id)];

    [Fact]
    public void Has_every_provider() => ProviderCatalogue.Default.Providers.Select(row => row.Id).ShouldBe(Ids);

    [Fact]
    public void Says_what_can_be_used()
    {
        Row("openai").IsUsable.ShouldBeTrue();
        Row("anyscale").IsUsable.ShouldBeTrue("an own Anyscale service still works");
        // What is gone for good stays in the list, to say what to use instead; all others can be used.
        ProviderCatalogue.Default.Providers.Where(row => !row.IsUsable).Select(row => row.Id).ShouldBe(["octoai"]);
        Row("octoai").UseInstead.ShouldNotBeEmpty();
        foreach (var row in ProviderCatalogue.Default.Providers)
        {
            row.UseInstead.ShouldAllBe(id => ProviderCatalogue.Default.Find(id) != null);
            (row.NeedsKey && row.KeyPage is null && row.Status is ProviderStatus.Active).ShouldBeFalse($"{row.Id} must say where a key is made");
        }
    }

    [Fact]
    public void Promises_only_what_it_has_an_address_for()
    {
        foreach (var row in ProviderCatalogue.Default.Providers)
        {
            row.Capabilities.Embeddings.ShouldBe(row.EmbeddingsPath is not null, row.Id);
            row.Capabilities.ImagesOut.ShouldBe(row.ImagesPath is not null, row.Id);
            (row.EmbeddingsPath is null || Dialects.Find(row.Dialect) is IEmbeddingDialect).ShouldBeTrue(row.Id);
            (row.ImagesPath is null || Dialects.Find(row.Dialect) is IImageDialect).ShouldBeTrue(row.Id);
            (row.ModelsSetting is null || row.Settings.Any(setting => setting.Name == row.ModelsSetting)).ShouldBeTrue(row.Id);
            // A path with a host of its own never takes a key where the row does not say so.
            foreach (var path in row.FurtherModelsPaths.Append(row.ModelsPath).Append(row.TokenPath).OfType<string>().Where(ProviderAddress.IsAbsolute))
                row.ExtraOrigins.ShouldContain(origin => path.StartsWith(origin + "/"), $"{row.Id}: {path}");
        }
    }

    /// <summary>One line per provider: a row of a spoken dialect works with nothing but its data.</summary>
    [Theory]
    [MemberData(nameof(UsableRows))]
    public async Task Every_usable_row_answers(string id)
    {
        var handler = ReplayHandler.Of(Row(id).Dialect switch
        {
            "anthropic-messages" => """{"type":"message","content":[{"type":"text","text":"Yes."}],"stop_reason":"end_turn"}""",
            "gemini-generatecontent" => """{"candidates":[{"content":{"parts":[{"text":"Yes."}]},"finishReason":"STOP"}]}""",
            "ollama-chat" => """{"message":{"content":"Yes."},"done":true}""",
            "cohere-v2-chat" => """{"message":{"content":[{"type":"text","text":"Yes."}]},"finish_reason":"COMPLETE"}""",
            "oci-genai-chat" => """{"chatResponse":{"choices":[{"message":{"content":[{"type":"TEXT","text":"Yes."}]},"finishReason":"stop"}]}}""",
            "replicate-predictions" => """{"id":"p1","status":"succeeded","output":["Yes","."]}""",
            "bedrock-converse" => """{"output":{"message":{"content":[{"text":"Yes."}]}},"stopReason":"end_turn"}""",
            _ => """{"id":"1","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Yes."},"finish_reason":"stop"}]}""",
        });

        var answer = await handler.Client(id).GetResponseAsync("Hi", Options("m"), Cancellation);

        answer.Text.ShouldBe("Yes.");
        handler.RequestAddress!.AbsoluteUri.ShouldBe("https://provider.example/v1" + Row(id).ChatPath.Replace("{model}", "m").Replace("/models/{owner}/{name}", "").Replace("{version}", "2024-05-31"));
        handler.RequestAddress.Query.ShouldNotContain(Key);
    }

    [Theory]
    [Keeps("Z-043", "Z-044", "Z-035")]
    [InlineData("openai", "openai-chat")]
    [InlineData("anthropic", "anthropic-messages")]
    [InlineData("google-gemini", "gemini-generatecontent")]
    [InlineData("openrouter", "openai-chat")]
    [InlineData("groq", "openai-chat")]
    [InlineData("deepseek", "openai-chat")]
    [InlineData("mistral", "openai-chat")]
    [InlineData("ollama", "ollama-chat")]
    [InlineData("ollama-cloud", "ollama-chat")]
    [InlineData("openai-compatible", "openai-chat")]
    public void The_first_rows_can_be_used(string id, string dialect)
    {
        Row(id).IsUsable.ShouldBeTrue();
        Row(id).Dialect.ShouldBe(dialect);
    }

    [Fact]
    public void Refuses_rows_that_cannot_be_used()
    {
        var factory = new ChatClientFactory(TimeProvider.System);

        var gone = Should.Throw<ProviderException>(() => factory.Create(Row("octoai"), new ProviderConnection { ApiKey = Key }, Loopback));

        gone.Kind.ShouldBe(ProviderErrorKind.Unsupported);
        gone.Message.ShouldContain("closed");
    }

    [Theory]
    [InlineData("openai", "", null, "https://api.openai.com")]
    [InlineData("openai", "", "https://proxy.example:8443/v1", "https://proxy.example:8443")]
    [InlineData("openai", "baseUrl=https://proxy.example/v1", null, "https://proxy.example")]
    [InlineData("ibm-watsonx", "region=us-south", null, "https://iam.cloud.ibm.com https://us-south.ml.cloud.ibm.com")]
    [InlineData("ibm-watsonx", "region=us-south", "https://own.example", "https://own.example")]
    [InlineData("amazon-bedrock", "region=eu-west-1", null, "https://bedrock-runtime.eu-west-1.amazonaws.com https://bedrock.eu-west-1.amazonaws.com")]
    [InlineData("azure-openai", "endpoint=https://me.openai.azure.com", null, "https://me.openai.azure.com")]
    [InlineData("modal", "endpointUrl=https://me--vllm.modal.run/v1", null, "https://me--vllm.modal.run")]
    [InlineData("runpod", "endpointId=abc", null, "https://api.runpod.ai")]
    [InlineData("oracle-cloud-ai", "region=us-chicago-1", null, "https://generativeai.us-chicago-1.oci.oraclecloud.com https://inference.generativeai.us-chicago-1.oci.oraclecloud.com")]
    [InlineData("replicate", "", null, "https://api.replicate.com https://stream.replicate.com")]
    [InlineData("replicate", "streamHost=stream-b.replicate.com", null, "https://api.replicate.com https://stream-b.replicate.com")]
    public void Computes_the_origins_a_key_may_go_to(string id, string settings, string? baseUrl, string origins) =>
        Row(id).Origins(Settings(settings), baseUrl).ShouldBe(origins.Split(' '));

    [Theory]
    [InlineData("ibm-watsonx", "", null, "region")]
    [InlineData("ibm-watsonx", "region=evil.example/", null, "region")]
    [InlineData("ibm-watsonx", "region=a@b", null, "region")]
    [InlineData("ibm-watsonx", "region=a#", null, "region")]
    [InlineData("ibm-watsonx", "region=a:1", null, "region")]
    [InlineData("runpod", "endpointId=..", null, "endpointId")]
    [InlineData("oracle-cloud-ai", "region=x/y", null, "region")]
    [InlineData("replicate", "streamHost=evil.example/x", null, "streamHost")]
    [InlineData("runpod", "endpointId=a/../b", null, "endpointId")]
    [InlineData("modal", "", null, "endpointUrl")]
    [InlineData("openai-compatible", "", null, "baseUrl")]
    [InlineData("openai", "", "not an address", "baseUrl")]
    [InlineData("openai", "", "file:///etc/passwd", "baseUrl")]
    [InlineData("openai", "", "https://user:pass@proxy.example", "baseUrl")]
    [InlineData("openai", "", "https://proxy.example?key=1", "baseUrl")]
    public void Refuses_settings_that_could_move_a_key(string id, string settings, string? baseUrl, string field)
    {
        var refused = Should.Throw<ProviderException>(() => Row(id).Origins(Settings(settings), baseUrl));

        refused.Kind.ShouldBe(ProviderErrorKind.NotConfigured);
        refused.Field.ShouldBe(field);
    }

    [Theory]
    [InlineData("https://provider.example/v1", "https://provider.example/v1/chat/completions")]
    [InlineData("https://provider.example/v1/", "https://provider.example/v1/chat/completions")]
    [InlineData(" https://provider.example/v1/chat/completions ", "https://provider.example/v1/chat/completions")]
    public async Task Takes_an_address_as_people_paste_it(string pasted, string called)
    {
        var handler = ReplayHandler.Of("""{"choices":[{"message":{"content":"Yes."}}]}""");
        var client = new ChatClientFactory(TimeProvider.System, OneAttempt)
            .Create(Row("openai-compatible"), new ProviderConnection { BaseUrl = pasted }, new HttpMessageInvoker(handler));

        await client.GetResponseAsync("Hi", Options("m"), Cancellation);

        handler.RequestAddress!.AbsoluteUri.ShouldBe(called);
    }

    [Theory]
    [InlineData("sk-ant-api03-abc", "anthropic")]
    [InlineData("sk-or-v1-abc", "openrouter")]
    [InlineData("sk-proj-abcT3BlbkFJdef", "openai")]
    [InlineData("sk-0123456789abcdef0123456789abcdef", "deepseek")]
    [InlineData("gsk_abc", "groq")]
    [InlineData("xai-abc", "xai")]
    [InlineData("AIzaSyabc", "google-gemini")]
    public void Recognises_whose_key_it_is(string key, string id) => ProviderCatalogue.Default.Recognise(key)[0].Id.ShouldBe(id);

    [Fact]
    public void Does_not_guess_without_a_hint()
    {
        ProviderCatalogue.Default.Recognise("0123456789abcdef").ShouldBeEmpty();
        ProviderCatalogue.Default.Recognise("").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""[{"id":"x"}]""")]
    [InlineData("""[{"id":"x","name":"X","nonsense":1}]""")]
    [InlineData("null")]
    public void Refuses_a_catalogue_that_is_not_one(string json) =>
        Should.Throw<JsonException>(() => ProviderCatalogue.Read(new MemoryStream(Encoding.UTF8.GetBytes(json))));

    private static Dictionary<string, string> Settings(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
}
