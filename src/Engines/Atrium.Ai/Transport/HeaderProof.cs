namespace Atrium.Ai;

/// <summary>Headers that are the same for every request: a key, or nothing.</summary>
internal sealed class HeaderProof(IReadOnlyList<KeyValuePair<string, string>> headers) : IRequestProof
{
    public ValueTask AddAsync(HttpRequestMessage request, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return ValueTask.CompletedTask;
    }

    public bool Renew(ProviderException refusal) => false;
}
