using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai.AnthropicMessages;

/// <summary>
/// Token counts, which come in parts and more than once: each later figure replaces the earlier one of its name. The service counts input
/// without what the cache had and got.
/// </summary>
internal sealed class AnthropicUsage
{
    private long? _fresh;
    private long? _cacheRead;
    private long? _cacheWrite;
    private long? _output;
    private long? _thinking;

    /// <summary>Null while nothing was counted.</summary>
    public UsageDetails? Details => _fresh is null && _output is null
        ? null
        : UsageCounts.Of((_fresh ?? 0) + (_cacheRead ?? 0) + (_cacheWrite ?? 0), _output, _cacheRead, _thinking, _cacheWrite);

    public void Read(JsonElement usage)
    {
        _fresh = Json.Count(usage, "input_tokens") ?? _fresh;
        _cacheRead = Json.Count(usage, "cache_read_input_tokens") ?? _cacheRead;
        _cacheWrite = Json.Count(usage, "cache_creation_input_tokens") ?? _cacheWrite;
        _output = Json.Count(usage, "output_tokens") ?? _output;
        if (Json.Object(usage, "output_tokens_details") is { } details)
            _thinking = Json.Count(details, "thinking_tokens") ?? _thinking;
    }
}
