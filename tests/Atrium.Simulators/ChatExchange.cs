using System.Text.Json;

namespace Atrium.Simulators;

/// <summary>One simulated chat call, from the request to the last byte or the fault.</summary>
internal static class ChatExchange
{
    /// <summary>Every key works but those that say otherwise: <c>bad…</c> is refused, <c>nocredit…</c> has no credit, <c>slow…</c> is over its rate.</summary>
    public static Task WithKeyAsync(HttpContext http, IWire wire, Func<Task> answer)
    {
        var key = wire.KeyOf(http);
        if (key.Length == 0 || key.StartsWith("bad", StringComparison.Ordinal))
            return wire.RefuseAsync(http, Fault.KeyRefused, new Reply(), key);
        if (key.StartsWith("nocredit", StringComparison.Ordinal))
            return wire.RefuseAsync(http, Fault.QuotaExhausted, new Reply(), key);
        return key.StartsWith("slow", StringComparison.Ordinal)
            ? wire.RefuseAsync(http, Fault.RateLimited, new Reply { RetryAfter = "2" }, key)
            : answer();
    }

    public static async Task AnswerAsync(HttpContext http, IWire wire, Simulation simulation)
    {
        if (await ReadAsync(http, wire) is not { } request)
            return;
        await RespondAsync(http, wire, simulation, request, simulation.Take(request.Prompt));
    }

    /// <summary>Answers a request that was read, from the first byte or the fault in its place.</summary>
    public static async Task RespondAsync(HttpContext http, IWire wire, Simulation simulation, ChatRequest request, Reply reply)
    {
        if (reply.FirstByteSeconds is > 0)
            await Task.Delay(TimeSpan.FromSeconds(reply.FirstByteSeconds.Value), simulation.Clock, http.RequestAborted);
        foreach (var (name, value) in reply.Headers)
            http.Response.Headers[name] = value;
        if (await Faults.AnswerAsync(http, reply, request, wire))
            return;
        var content = new AnswerContent(request, reply);
        var writer = new WireWriter(http, reply, wire, simulation.Clock);
        var now = simulation.Clock.GetUtcNow();
        http.Response.ContentType = reply.ContentType ?? (request.Stream ? wire.StreamType : "application/json");
        try
        {
            if (request.Stream)
                await wire.StreamAsync(writer, request, reply, content, now);
            else
                await writer.WriteAsync(wire.Whole(request, reply, content, now));
            await writer.EndAsync();
        }
        catch (BodyEndedException)
        {
            await Faults.EndBodyAsync(http, reply.Fault, simulation.Clock);
        }
    }

    /// <summary>Reads a request; null when it was refused.</summary>
    public static async Task<ChatRequest?> ReadAsync(HttpContext http, IWire wire)
    {
        try
        {
            using var json = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            return wire.Read(http, json.RootElement);
        }
        catch (JsonException)
        {
            await wire.RefuseAsync(http, new RefusedRequestException("We could not parse the JSON body of your request."));
        }
        catch (RefusedRequestException wrong)
        {
            await wire.RefuseAsync(http, wrong);
        }
        return null;
    }
}
