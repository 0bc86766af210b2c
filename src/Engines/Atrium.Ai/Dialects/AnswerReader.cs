using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai;

/// <summary>Reads an accepted answer to its end, whatever its framing: cuts, broken pieces and the end are the same for every dialect.</summary>
internal static class AnswerReader
{
    /// <summary>
    /// Server-sent events; null when the body is one piece of JSON. Hosts answer a stream request with JSON, or JSON under the wrong
    /// content type: the first byte tells.
    /// </summary>
    public static async ValueTask<IPieceReader?> SseAsync(ProviderExchange exchange, int cap = LineReader.DefaultCap) =>
        await exchange.PeekAsync() is (byte)'{' or (byte)'[' or (byte)'<' or 0 ? null : new SseReader(exchange.ReadAsync, why => exchange.Malformed(why), cap);

    /// <summary>Lines of JSON; null when the body is not a stream of objects.</summary>
    public static async ValueTask<IPieceReader?> NdjsonAsync(ProviderExchange exchange) =>
        await exchange.PeekAsync() is (byte)'{' ? new NdjsonReader(exchange.ReadAsync, why => exchange.Malformed(why)) : null;

    /// <summary>Streams the answer. Ends normally only when it is whole.</summary>
    public static async IAsyncEnumerable<ChatResponseUpdate> ReadAsync(ProviderExchange exchange, IAnswer answer, IPieceReader? pieces)
    {
        if (pieces is not null)
        {
            while (await NextAsync(pieces, answer))
                if (ReadPiece(pieces, answer, exchange) is { } update)
                    yield return update;
            if (pieces.HasForeignLines && !answer.HasBegun)
                throw exchange.Malformed("the answer is not a stream of events");
        }
        else
        {
            using var json = await exchange.ReadJsonAsync();
            if (ReadWhole(json.RootElement, answer, exchange) is { } update)
                yield return update;
        }
        var last = End(answer);
        exchange.Complete();
        yield return last;
    }

    private static async ValueTask<bool> NextAsync(IPieceReader pieces, IAnswer answer)
    {
        try
        {
            return !answer.IsDone && await pieces.ReadAsync();
        }
        catch (ProviderException cut) when (answer.IsFinished && cut.Kind is ProviderErrorKind.Truncated or ProviderErrorKind.TimedOut)
        {
            // The text is whole; at most the usage is missing.
            return false;
        }
        catch (ProviderException cut)
        {
            cut.Usage ??= answer.Usage;
            throw;
        }
    }

    private static ChatResponseUpdate? ReadWhole(JsonElement whole, IAnswer answer, ProviderExchange exchange)
    {
        try
        {
            return answer.ReadWhole(whole);
        }
        catch (ProviderException failure)
        {
            failure.Usage ??= answer.Usage;
            throw;
        }
        catch (InvalidOperationException cause)
        {
            throw exchange.Malformed("the answer is not valid JSON", cause);
        }
    }

    private static ChatResponseUpdate? ReadPiece(IPieceReader pieces, IAnswer answer, ProviderExchange exchange)
    {
        var data = pieces.Data.Span.Trim(" \t"u8);
        // OpenAI's marker; hosts of other dialects behind a proxy send it, too.
        if (data.SequenceEqual("[DONE]"u8))
            answer.IsDone = true;
        if (data.IsEmpty || answer.IsDone)
            return null;
        try
        {
            using var json = JsonDocument.Parse(pieces.Data);
            return answer.Read(json.RootElement);
        }
        catch (ProviderException failure)
        {
            failure.Usage ??= answer.Usage;
            throw;
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            // Half a piece at the very end is a cut, which the end of the answer reports.
            return pieces.IsUnclosed ? null : throw exchange.Malformed("a piece of the stream is not JSON", cause);
        }
    }

    private static ChatResponseUpdate End(IAnswer answer)
    {
        try
        {
            return answer.End();
        }
        catch (ProviderException failure)
        {
            failure.Usage ??= answer.Usage;
            throw;
        }
    }
}
