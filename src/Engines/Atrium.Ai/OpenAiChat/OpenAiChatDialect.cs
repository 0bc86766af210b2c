using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.OpenAiChat;

/// <summary>The chat completions format of OpenAI and of the many services that copy it.</summary>
internal sealed class OpenAiChatDialect : IDialect
{
    private const string StreamOptions = "stream_options";

    /// <summary>Fields a model may refuse and a person can do without.</summary>
    private static readonly string[] Dispensable =
    [
        "temperature", "top_p", "top_k", "presence_penalty", "frequency_penalty", "stop", "seed", "random_seed",
        "max_tokens", "max_completion_tokens", "reasoning_effort", "parallel_tool_calls", StreamOptions,
    ];

    public IAsyncEnumerable<ChatResponseUpdate> StreamAsync(ProviderCall call, CancellationToken cancellation) =>
        ReadAsync(call, stream: true, cancellation);

    public Task<ChatResponse> AnswerAsync(ProviderCall call, CancellationToken cancellation) =>
        ReadAsync(call, stream: false, cancellation).ToChatResponseAsync(cancellation);

    public async Task<IReadOnlyList<ProviderModel>> ListModelsAsync(ProviderTransport transport, CancellationToken cancellation)
    {
        using var json = await transport.GetJsonAsync(transport.Provider.ModelsPath!, cancellation);
        try
        {
            return OpenAiModels.Read(json.RootElement);
        }
        catch (InvalidOperationException cause)
        {
            throw transport.Malformed("the list of models is not valid JSON", cause);
        }
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(
        ProviderCall call, bool stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var exchange = await OpenAsync(call, stream, cancellation);
        var answer = new OpenAiChatAnswer(call, exchange);
        // Hosts answer a stream request with JSON, or JSON under the wrong content type: the first byte tells.
        if (await exchange.PeekAsync() is not ((byte)'{' or (byte)'[' or (byte)'<') and not 0)
        {
            using var reader = new SseReader(exchange.ReadAsync, why => exchange.Malformed(why));
            while (await NextAsync(reader, answer))
                if (ReadChunk(reader, answer, exchange) is { } update)
                    yield return update;
            if (reader.HasForeignLines && !answer.HasBegun)
                throw exchange.Malformed("the answer is not a stream of events");
        }
        else
        {
            using var json = await exchange.ReadJsonAsync();
            if (ReadWhole(json.RootElement, answer, exchange) is { } update)
                yield return update;
        }
        var last = answer.End();
        exchange.Complete();
        yield return last;
    }

    /// <summary>Sends the request; without a field that the model turns out to refuse, once for each such field.</summary>
    private static async Task<ProviderExchange> OpenAsync(ProviderCall call, bool stream, CancellationToken cancellation)
    {
        var refused = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var body = OpenAiChatRequest.Write(call, stream, refused);
            try
            {
                return await call.Transport.PostAsync(call.Provider.ChatPath, call.Model, body, stream, cancellation);
            }
            catch (ProviderException refusal) when (RefusedField(refusal) is { } field && refused.Add(field))
            {
                // Asked again above without it: nothing was generated or charged.
            }
        }
    }

    private static string? RefusedField(ProviderException refusal)
    {
        if (refusal.Kind is not ProviderErrorKind.BadRequest)
            return null;
        if (refusal.ProviderCode is "unsupported_parameter" or "unsupported_value")
            return Dispensable.FirstOrDefault(field => field == refusal.Field);
        return refusal.ProviderMessage?.Contains(StreamOptions, StringComparison.Ordinal) is true ? StreamOptions : null;
    }

    private static async ValueTask<bool> NextAsync(SseReader reader, OpenAiChatAnswer answer)
    {
        try
        {
            return !answer.IsDone && await reader.ReadAsync();
        }
        catch (ProviderException cut) when (answer.IsFinished && cut.Kind is ProviderErrorKind.Truncated or ProviderErrorKind.TimedOut)
        {
            // The text is whole; at most the usage is missing.
            return false;
        }
    }

    private static ChatResponseUpdate? ReadWhole(JsonElement whole, OpenAiChatAnswer answer, ProviderExchange exchange)
    {
        try
        {
            return answer.ReadWhole(whole);
        }
        catch (InvalidOperationException cause)
        {
            throw exchange.Malformed("the answer is not valid JSON", cause);
        }
    }

    private static ChatResponseUpdate? ReadChunk(SseReader reader, OpenAiChatAnswer answer, ProviderExchange exchange)
    {
        var data = reader.Data.Span.Trim(" \t"u8);
        if (data.SequenceEqual("[DONE]"u8))
            answer.IsDone = true;
        if (data.IsEmpty || answer.IsDone)
            return null;
        try
        {
            using var json = JsonDocument.Parse(reader.Data);
            return answer.Read(json.RootElement);
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            // Half a chunk at the very end is a cut, which the end of the answer reports.
            return reader.IsUnclosed ? null : throw exchange.Malformed("a piece of the stream is not JSON", cause);
        }
    }
}
