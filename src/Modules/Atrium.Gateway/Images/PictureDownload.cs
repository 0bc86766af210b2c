using Atrium.Ai;
using Atrium.Platform.Http;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Images;

/// <summary>Reads a picture of which a provider gave only the address.</summary>
internal sealed class PictureDownload(GuardedHttp http, TimeProvider clock)
{
    private const int LargestPicture = 32 * 1024 * 1024;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly HttpMessageInvoker client = http.CappedAt(LargestPicture);

    /// <returns>Null when there is no picture.</returns>
    public async Task<DataContent?> ReadAsync(Uri address, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        try
        {
            using var response = await client.SendAsync(request, either.Token);
            return response.IsSuccessStatusCode ? Pictures.FromBytes(await response.Content.ReadAsByteArrayAsync(either.Token)) : null;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or AddressRefusedException || (exception is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }
}
