using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Atrium.Contracts.Gateway;
using Microsoft.Extensions.AI;

namespace Atrium.Assistant.Tests;

/// <summary>A gateway whose answers a test speaks word by word.</summary>
internal sealed class ScriptedGateway : IChatGateway
{
    private readonly Channel<ScriptedCall> calls = Channel.CreateUnbounded<ScriptedCall>();

    /// <summary>What a model proposes as a title; null refuses.</summary>
    public string? Title { get; set; }

    public int? ContextLimit { get; set; }

    /// <summary>Calls for titles, in order.</summary>
    public Channel<ChatCall> TitleCalls { get; } = Channel.CreateUnbounded<ChatCall>();

    public ValueTask<ScriptedCall> NextAsync() => calls.Reader.ReadAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);

    public async IAsyncEnumerable<ChatEvent> StreamAsync(ChatCall call, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (call.Feature == "title")
        {
            await TitleCalls.Writer.WriteAsync(call, cancellation);
            yield return Title is null ? throw new ChatFailedException(new ChatFailure("rate-limited", "Slow down."), null) : new ChatUpdated(new ChatResponseUpdate(ChatRole.Assistant, Title));
            yield break;
        }
        var script = new ScriptedCall(call);
        await calls.Writer.WriteAsync(script, cancellation);
        while (await script.WaitAsync(cancellation))
        {
            while (script.Events.TryRead(out var happening))
                yield return happening;
        }
        if (!cancellation.IsCancellationRequested)
            yield break;
        if (script.BillWhenCancelled is { } bill)
            yield return bill;
        script.MarkCancelled();
        cancellation.ThrowIfCancellationRequested();
    }

    public Task<int?> FindContextLimitAsync(ChatCall call, CancellationToken cancellation) => Task.FromResult(ContextLimit);
}

internal sealed class ScriptedCall(ChatCall call)
{
    private readonly Channel<ChatEvent> events = Channel.CreateUnbounded<ChatEvent>();
    private readonly TaskCompletionSource cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ChatCall Call => call;

    public ChannelReader<ChatEvent> Events => events.Reader;

    /// <summary>What was used when whoever asked let go.</summary>
    public ChatBilled? BillWhenCancelled { get; set; }

    /// <returns>False at the end, and when whoever asked let go.</returns>
    public async Task<bool> WaitAsync(CancellationToken cancellation)
    {
        try
        {
            return await events.Reader.WaitToReadAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Ends when whoever asked let go.</summary>
    public Task Cancelled => cancelled.Task;

    public ScriptedCall Route(string provider = "openai", string model = "gpt-test", ChatFailure? fellBackFrom = null)
    {
        events.Writer.TryWrite(new ChatRouted(provider, provider == "offline" ? "Offline Lite" : "OpenAI", model, fellBackFrom));
        return this;
    }

    public ScriptedCall Say(string text) => Update(new TextContent(text));

    public ScriptedCall Think(string text) => Update(new TextReasoningContent(text));

    public ScriptedCall Update(params AIContent[] contents)
    {
        events.Writer.TryWrite(new ChatUpdated(new ChatResponseUpdate(ChatRole.Assistant, [.. contents])));
        return this;
    }

    public void End(decimal? cost = 0.0128m, string? stopReason = "stop")
    {
        events.Writer.TryWrite(new ChatBilled(new TokenUsage(120, 20, 30, 5, false), cost, stopReason));
        events.Writer.TryComplete();
    }

    public void Fail(string code, string title, ChatBilled? bill = null) => events.Writer.TryComplete(new ChatFailedException(new ChatFailure(code, title), bill));

    public void Crash() => events.Writer.TryComplete(new FormatException("a bug"));

    public void MarkCancelled() => cancelled.TrySetResult();
}
