namespace Atrium.Simulators;

/// <summary>Faults that take the place of an answer, and the ends of broken bodies.</summary>
internal static class Faults
{
    private const string WebPage = "<!DOCTYPE html><html><head><title>Welcome</title></head><body><h1>It works</h1></body></html>";

    /// <summary>Answers with the reply's fault; false when a good answer is to be sent, at least its beginning.</summary>
    public static async Task<bool> AnswerAsync(HttpContext http, Reply reply, ChatRequest request, IWire wire)
    {
        if (reply.Status is not null || reply.Body is not null)
            return await RawAsync(http, reply.Status ?? 200, reply.ContentType ?? "application/json", reply.Body ?? "");
        switch (reply.Fault)
        {
            case Fault.None or Fault.Cut or Fault.EndEarly or Fault.Stall or Fault.BrokenChunk:
                return false;
            case Fault.ErrorInside:
                return !request.Stream && await RawAsync(http, 200, "application/json", wire.ErrorBody);
            case Fault.Reset:
                Reset(http);
                return true;
            case Fault.StallBeforeHeaders:
                await WaitForTheClientAsync(http);
                return true;
            case Fault.StallBeforeBody:
                http.Response.ContentType = wire.StreamType;
                await http.Response.StartAsync(http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
                await WaitForTheClientAsync(http);
                return true;
            case Fault.Garbage:
                return await RawAsync(http, 200, wire.StreamType, "\u0001\u0002%PDF-1.7 }{ data data\n\n<<>>\r\u0000\n");
            case Fault.WebPage:
                return await RawAsync(http, 200, "text/html", WebPage);
            case Fault.BadGateway:
                return await RawAsync(http, 502, "text/html", WebPage);
            case Fault.ErrorWithOk:
                return await RawAsync(http, 200, "application/json", wire.ErrorBody);
            case Fault.EndlessLine:
                await EndlessLineAsync(http, wire);
                return true;
            default:
                await wire.RefuseAsync(http, reply.Fault, reply, request.Model);
                return true;
        }
    }

    /// <summary>Ends a body that was sent up to its fault.</summary>
    public static async Task EndBodyAsync(HttpContext http, Fault fault, TimeProvider clock)
    {
        if (fault is Fault.Stall)
            await WaitForTheClientAsync(http);
        if (fault is not Fault.Cut)
            return;
        // A reset throws away what the system has not sent yet; the bytes before the cut are to arrive.
        await Task.Delay(TimeSpan.FromMilliseconds(100), clock, http.RequestAborted);
        Reset(http);
    }

    private static void Reset(HttpContext http)
    {
        // Before the connection goes: it is not the client that ends it.
        (http.Items[nameof(RecordedRequest)] as RecordedRequest)?.End(RequestEnd.Answered);
        http.Abort();
    }

    private static async Task<bool> RawAsync(HttpContext http, int status, string contentType, string body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = contentType;
        await http.Response.WriteAsync(body, http.RequestAborted);
        return true;
    }

    private static async Task EndlessLineAsync(HttpContext http, IWire wire)
    {
        var piece = new byte[64 * 1024];
        Array.Fill(piece, (byte)'x');
        http.Response.ContentType = wire.StreamType;
        await http.Response.WriteAsync(wire.LineStart, http.RequestAborted);
        while (!http.RequestAborted.IsCancellationRequested)
            await http.Response.Body.WriteAsync(piece, http.RequestAborted);
    }

    private static async Task WaitForTheClientAsync(HttpContext http)
    {
        var gone = new TaskCompletionSource();
        await using var registration = http.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }
}
