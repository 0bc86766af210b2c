namespace Atrium.Ai;

/// <summary>Proves to a provider for whom a request is made: adds headers to it just before it is sent.</summary>
internal interface IRequestProof
{
    /// <summary>Adds the proof to a request that is complete but for it.</summary>
    /// <exception cref="ProviderException">A setting the proof is made of is missing or not valid, or a token was refused.</exception>
    ValueTask AddAsync(HttpRequestMessage request, ReadOnlyMemory<byte> body, CancellationToken cancellation);

    /// <summary>True when the refusal was about the age of the proof and a fresh one may be taken: the request is sent once more.</summary>
    bool Renew(ProviderException refusal);
}
