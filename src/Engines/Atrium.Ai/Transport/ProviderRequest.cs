namespace Atrium.Ai;

/// <summary>A request as often as it has to be sent.</summary>
internal sealed record ProviderRequest(HttpMethod Method, Uri Address, string Accept)
{
    public ReadOnlyMemory<byte> Body { get; init; }

    public string ContentType { get; init; } = "application/json";

    /// <summary>Value of the <c>Prefer</c> header, null for none.</summary>
    public string? Prefer { get; init; }

    /// <summary>Further headers, null for none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>>? Headers { get; init; }

    /// <summary>False where sending twice could be charged twice: only a request turned away for its rate goes again.</summary>
    public bool IsRepeatable { get; init; } = true;

    /// <summary>False for an address that is a secret itself: no key goes there.</summary>
    public bool IsProven { get; init; } = true;

    public HttpRequestMessage Build()
    {
        var request = new HttpRequestMessage(Method, Address);
        request.Headers.TryAddWithoutValidation("Accept", Accept);
        if (Prefer is not null)
            request.Headers.TryAddWithoutValidation("Prefer", Prefer);
        foreach (var (name, value) in Headers ?? [])
            request.Headers.TryAddWithoutValidation(name, value);
        if (!Body.IsEmpty)
            request.Content = new ReadOnlyMemoryContent(Body) { Headers = { ContentType = new(ContentType) } };
        return request;
    }
}
