using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Atrium.Gateway.Api;

/// <summary>The answer to a program as server-sent events, each flushed by itself.</summary>
internal sealed class ApiStream(HttpContext context)
{
    public static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly IBufferWriter<byte> output = context.Response.BodyWriter;

    public void Start()
    {
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    /// <param name="name">Null where the format has no names of events.</param>
    public void Event(string? name, Action<Utf8JsonWriter> members) => Whole(
        name,
        json =>
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        });

    /// <summary>An object that writes itself.</summary>
    public void Whole(string? name, Action<Utf8JsonWriter> value)
    {
        if (name is not null)
        {
            output.Write("event: "u8);
            Text(name);
            output.Write("\n"u8);
        }
        output.Write("data: "u8);
        using (var json = new Utf8JsonWriter(output, Json))
            value(json);
        output.Write("\n\n"u8);
    }

    public void Done() => output.Write("data: [DONE]\n\n"u8);

    public async Task FlushAsync() => await context.Response.BodyWriter.FlushAsync(context.RequestAborted);

    private void Text(string text) => output.Write(System.Text.Encoding.UTF8.GetBytes(text));
}
