using System.Net;
using Atrium.Simulators;
using Microsoft.Extensions.AI;
using static Atrium.Ai.Tests.Connections;

namespace Atrium.Ai.Tests;

public sealed class AzureOpenAiTests : SimulatorTest
{
    [Theory]
    [InlineData(null, "/azure/openai/v1/chat/completions")]
    [InlineData("preview", "/azure/openai/v1/chat/completions?api-version=preview")]
    [InlineData("2025-02-01-preview", "/azure/openai/deployments/my-deployment/chat/completions?api-version=2025-02-01-preview")]
    public async Task Calls_a_deployment_in_either_form_of_address(string? version, string path)
    {
        var client = new ChatClientFactory(TimeProvider.System, OneAttempt).Create(Row("azure-openai"), Connection(version), Loopback);

        await client.GetResponseAsync("Hi", cancellationToken: Cancellation);

        Simulator.Simulation.Requests[0].Path.ShouldBe(path);
        Simulator.Simulation.Requests[0].Json.GetProperty("model").GetString().ShouldBe("my-deployment");
    }

    [Theory]
    [InlineData("2025 02")]
    [InlineData("2025-02&x=1")]
    public async Task An_odd_version_stays_a_version(string version)
    {
        var client = new ChatClientFactory(TimeProvider.System, OneAttempt).Create(Row("azure-openai"), Connection(version), Loopback);

        await client.GetResponseAsync("Hi", cancellationToken: Cancellation);

        Simulator.Simulation.Requests[0].Path.ShouldEndWith("?api-version=" + Uri.EscapeDataString(version));
    }

    [Theory]
    [InlineData("/openai/v1")]
    [InlineData("/openai/v1/")]
    [InlineData("/openai")]
    [InlineData("/openai/v1/chat/completions")]
    public async Task Takes_an_endpoint_as_people_paste_it(string pasted)
    {
        var connection = new ProviderConnection { ApiKey = Key, Settings = new Dictionary<string, string> { ["deployment"] = "d", ["endpoint"] = Simulator.BaseUrlOf("azure-openai") + pasted } };

        await new ChatClientFactory(TimeProvider.System, OneAttempt).Create(Row("azure-openai"), connection, Loopback).GetResponseAsync("Hi", cancellationToken: Cancellation);

        Simulator.Simulation.Requests[0].Path.ShouldBe("/azure/openai/v1/chat/completions");
    }

    [Fact]
    public async Task Lists_the_deployments_a_person_typed()
    {
        var connection = new ProviderConnection { ApiKey = Key, BaseUrl = "https://me.openai.azure.com", Settings = new Dictionary<string, string> { ["deployment"] = "chat-one, chat-two  my-embeddings" } };

        var models = await new ChatClientFactory(TimeProvider.System).ListModelsAsync(Row("azure-openai"), connection, Loopback, Cancellation);

        models.Select(model => (model.Id, model.Kind)).ShouldBe([("chat-one", ProviderModelKind.Chat), ("chat-two", ProviderModelKind.Chat), ("my-embeddings", ProviderModelKind.Embedding)]);
    }

    [Fact]
    public async Task Passes_over_the_report_of_the_filter_before_the_answer()
    {
        var answer = await Chat(Simulator, "azure-openai").GetStreamingResponseAsync("Hi", Options(), Cancellation).ToChatResponseAsync(Cancellation);

        answer.ResponseId.ShouldBe("chatcmpl-simulated");
        answer.ModelId.ShouldBe("sim-fast");
    }

    [Fact]
    public async Task Leaves_out_a_field_that_an_older_version_names_only_in_its_words()
    {
        Simulator.Simulation.Enqueue(
            new Reply { Status = (int)HttpStatusCode.BadRequest, Body = """{"error":{"code":null,"message":"Unrecognized request argument supplied: max_completion_tokens"}}""" },
            new Reply { Text = "Yes." });
        var options = Options();
        options.MaxOutputTokens = 50;

        (await Chat(Simulator, "azure-openai").GetResponseAsync("Hi", options, Cancellation)).Text.ShouldBe("Yes.");

        Simulator.Simulation.Requests[1].Json.GetProperty("max_tokens").GetInt32().ShouldBe(50);
    }

    private ProviderConnection Connection(string? version)
    {
        var settings = new Dictionary<string, string> { ["deployment"] = "my-deployment" };
        if (version is not null)
            settings["apiVersion"] = version;
        return new ProviderConnection { ApiKey = Key, BaseUrl = Simulator.BaseUrlOf("azure-openai"), Settings = settings };
    }
}
