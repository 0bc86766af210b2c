using System.Buffers;
using Microsoft.AspNetCore.Http;

namespace Atrium.Gateway.Api;

/// <summary>The whole body of a program's request, in memory as long as it is needed.</summary>
internal sealed class ApiBody : IDisposable
{
    // What a sender says about the length is not worth more memory than this before the bytes are there.
    private const int MostAtFirst = 1024 * 1024;
    private const int Least = 4096;

    private byte[] buffer;
    private int length;

    private ApiBody(int room) => buffer = ArrayPool<byte>.Shared.Rent(room);

    public ReadOnlyMemory<byte> Bytes => buffer.AsMemory(0, length);

    /// <exception cref="BadHttpRequestException">It is larger than the endpoint takes, or broke off.</exception>
    public static async Task<ApiBody> ReadAsync(HttpContext context)
    {
        var body = new ApiBody((int)Math.Clamp((context.Request.ContentLength ?? 0) + 1, Least, MostAtFirst));
        try
        {
            int read;
            while ((read = await context.Request.Body.ReadAsync(body.Room(), context.RequestAborted)) > 0)
                body.length += read;
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
        (buffer, length) = ([], 0);
    }

    private Memory<byte> Room()
    {
        if (length == buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
            buffer.CopyTo(larger, 0);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
        return buffer.AsMemory(length);
    }
}
