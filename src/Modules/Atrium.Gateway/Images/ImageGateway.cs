using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Atrium.Gateway.ApiKeys;
using Atrium.Gateway.Chat;
using Atrium.Gateway.Ledger;
using Atrium.Gateway.WholeCalls;
using Atrium.Platform.Configuration;
using Atrium.Platform.Http;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Images;

/// <summary>Makes pictures after words.</summary>
internal sealed class ImageGateway(WholeCaller caller, ChatClientFactory clients, GuardedHttp http, PictureDownload download, HouseSettings house) : IImageGateway
{
    public Task<ImageAnswer> DrawAsync(ImageCall call, CancellationToken cancellation) => DrawAsync(call, null, cancellation);

    /// <param name="program">Whose key the call came with; null for what a person does in the web app.</param>
    public async Task<ImageAnswer> DrawAsync(ImageCall call, ApiCaller? program, CancellationToken cancellation)
    {
        if (call.Prompt.Length > house.MaximumPrompt)
            throw new ChatFailedException(Failures.PromptTooLong(house.MaximumPrompt), null);
        var answer = await caller.AskAsync(
            new WholeCall<ImageGenerationResponse>
            {
                Call = CallOf(call),
                Ask = (provider, connection, model, token) => AskAsync(call, provider, connection, model, token),
                Count = made => (made.Usage is { } usage ? Usage.From(usage) : Nothing) with { Images = made.Contents.Count },
                // A picture is made as a whole: what was begun is charged.
                Expected = Nothing with { Input = TokenEstimate.Text(call.Prompt), Images = call.Count, IsEstimated = true },
            },
            program,
            cancellation);
        var images = new List<GeneratedImage>(answer.Value.Contents.Count);
        foreach (var content in answer.Value.Contents)
            images.Add(await ReadAsync(content, answer, cancellation));
        return new ImageAnswer(answer.Route.ProviderId, answer.Route.Model, images, answer.Value.Usage is null ? null : answer.Bill.Usage, answer.Bill.Cost);
    }

    private static Usage Nothing { get; } = new(0, 0, 0, 0, 0, IsEstimated: false);

    private static ChatCall CallOf(ImageCall call) => new()
    {
        PersonId = call.PersonId,
        Module = call.Module,
        Feature = call.Feature,
        Model = call.Model,
        Messages = [new ChatMessage(ChatRole.User, call.Prompt)],
        AllowsFallback = false,
    };

    private async Task<ImageGenerationResponse> AskAsync(ImageCall call, Provider provider, ProviderConnection connection, string model, CancellationToken cancellation)
    {
        var options = new ImageGenerationOptions
        {
            ModelId = model,
            Count = call.Count,
            ImageSize = call.Size is { } size ? new System.Drawing.Size(size.Width, size.Height) : null,
            AdditionalProperties = new AdditionalPropertiesDictionary(call.Wishes.Select(wish => KeyValuePair.Create(wish.Key, (object?)wish.Value))),
        };
        return await clients.CreateImages(provider, connection, http.Invoker).GenerateAsync(new ImageGenerationRequest(call.Prompt), options, cancellation);
    }

    private async Task<GeneratedImage> ReadAsync(AIContent content, WholeAnswer<ImageGenerationResponse> answer, CancellationToken cancellation)
    {
        var prompt = content.AdditionalProperties?.GetValueOrDefault(Pictures.RevisedPrompt) as string;
        var picture = content as DataContent
            ?? (content is UriContent named ? await download.ReadAsync(named.Uri, cancellation) : null)
            ?? throw new ChatFailedException(WholeFailures.PictureUnreadable(answer.Route.ProviderName), answer.Bill);
        return new GeneratedImage(picture.Data, picture.MediaType, prompt);
    }
}
