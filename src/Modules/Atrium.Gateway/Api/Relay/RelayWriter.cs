using System.Globalization;
using Atrium.Ai;
using Atrium.Gateway.Cache;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Atrium.Gateway.Api.Relay;

/// <summary>Writes a relayed answer to the program as it comes.</summary>
/// <param name="format">Makes the format in which a failure inside an answer is told.</param>
internal sealed class RelayWriter(HttpContext context, RelayedCall call, Func<IAnswerFormat> format) : IAsyncDisposable
{
    private RelayedAnswer? answer;
    private ReadOnlyMemory<byte> piece;
    private bool isSent;

    /// <summary>The program has got the head of an answer.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>The program has got something of the answer itself.</summary>
    public bool HasPassed { get; private set; }

    /// <summary>What has come; null before its first bytes.</summary>
    public RelayedAnswer? Answer => answer;

    /// <summary>Sends the call and returns when its first bytes are there. May be called again when that failed.</summary>
    public async ValueTask<bool> OpenAsync(Func<CancellationToken, ValueTask<RelayedAnswer>> send, CancellationToken cancellation)
    {
        if (answer is not null)
            await answer.DisposeAsync();
        isSent = true;
        try
        {
            answer = await send(cancellation);
            piece = await answer.ReadAsync();
            return true;
        }
        catch (ProviderException)
        {
            isSent = false;
            throw;
        }
    }

    public async Task CopyAsync()
    {
        while (!piece.IsEmpty)
        {
            if (!HasBegun)
                Begin();
            if (!answer!.IsStream)
                call.Complete(answer);
            if (!answer.IsStream && call.Cost is { } cost)
                context.Response.Headers["x-atrium-cost"] = cost.ToString("0.############", CultureInfo.InvariantCulture);
            HasPassed = true;
            await context.Response.BodyWriter.WriteAsync(piece, context.RequestAborted);
            piece = await answer.ReadAsync();
        }
        call.Complete(answer!);
        context.Features.Set(new AnsweredCall(call.Route.ProviderId, call.Route.Model, call.Cost));
    }

    public async Task FailAsync(ApiFailure failure)
    {
        var stream = new ApiStream(context);
        format().Fail(stream, failure);
        await stream.FlushAsync();
    }

    /// <summary>Closes the provider's socket if the answer is not at its end.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (answer is not null)
                await answer.DisposeAsync();
        }
        finally
        {
            if (isSent && context.RequestAborted.IsCancellationRequested)
                call.Cancel(answer);
            else
                call.LetGo();
        }
    }

    private void Begin()
    {
        HasBegun = true;
        var response = context.Response;
        response.Headers["x-atrium-provider"] = call.Route.ProviderId;
        response.Headers["x-atrium-model"] = Uri.EscapeDataString(call.Route.Model);
        if (!answer!.IsStream)
        {
            response.ContentType = "application/json";
            response.ContentLength = piece.Length;
            response.Headers.CacheControl = "no-store";
            return;
        }
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }
}
