using System.Text.Json.Serialization;
using Atrium.Gateway.Ledger;

namespace Atrium.Gateway.Prices;

/// <summary>Who says what a model costs. A later one counts more for the same day.</summary>
internal enum PriceSource
{
    BuiltIn,
    Setting,
    Admin,
}

/// <summary>What one model costs from a day on, in US dollars per million tokens. A part without a rate of its own costs what the whole does.</summary>
internal sealed record Price
{
    private const decimal Million = 1_000_000m;

    /// <summary>Null: it came with the house.</summary>
    [JsonIgnore]
    public Guid? Id { get; init; }

    [JsonIgnore]
    public PriceSource Source { get; init; }

    public required string Provider { get; init; }

    public required string Model { get; init; }

    /// <summary>First UTC day of this row; null: since ever.</summary>
    public DateOnly? From { get; init; }

    public decimal? Input { get; init; }

    public decimal? Output { get; init; }

    /// <summary>Input read from the provider's cache.</summary>
    public decimal? Cached { get; init; }

    /// <summary>Input written to the provider's cache.</summary>
    public decimal? CacheWrite { get; init; }

    public decimal? Reasoning { get; init; }

    /// <summary>Per picture that is made, whatever it is counted in besides.</summary>
    public decimal? Image { get; init; }

    /// <summary>Per call, besides its tokens.</summary>
    public decimal? Request { get; init; }

    public LongContextPrice? LongContext { get; init; }

    /// <summary>Tokens the model can read.</summary>
    public int? Context { get; init; }

    /// <summary>Tokens the model can write in one answer.</summary>
    public int? MaxOutput { get; init; }

    /// <summary>tools, vision, reasoning.</summary>
    public IReadOnlyList<string> Can { get; init; } = [];

    /// <summary>The day the provider ends this model.</summary>
    public DateOnly? Retires { get; init; }

    /// <summary>The model of the same provider to go to when it ends.</summary>
    public string? Successor { get; init; }

    /// <summary>True when no provider's own page confirmed the figures.</summary>
    public bool Unverified { get; init; }

    /// <returns>Exact US dollars; null when a rate that is needed is unknown.</returns>
    public decimal? CostOf(Usage usage)
    {
        // A picture's own rate covers the tokens it is written in.
        if (usage.Images > 0 && Image is { } image)
            return (usage.Images * image) + (usage.Input * (Input ?? 0) / Million) + (Request ?? 0);
        return TokensOf(usage) is { } tokens ? (tokens / Million) + (Request ?? 0) : null;
    }

    private decimal? TokensOf(Usage usage)
    {
        var isLong = LongContext is not null && usage.Input > LongContext.Above;
        // Models that make vectors write nothing, and have no rate for it.
        if ((isLong ? LongContext!.Input : Input) is not { } input || ((isLong ? LongContext!.Output : Output) ?? (usage.Output == 0 ? 0 : null)) is not { } output)
            return null;
        var cached = (isLong ? LongContext!.Cached : Cached) ?? Scaled(Cached, input) ?? input;
        var written = Scaled(CacheWrite, input) ?? input;
        var reasoning = isLong ? output : Reasoning ?? output;
        var fresh = usage.Input - usage.Cached - usage.CacheWritten;
        return (fresh * input) + (usage.Cached * cached) + (usage.CacheWritten * written) + ((usage.Output - usage.Reasoning) * output) + (usage.Reasoning * reasoning);
    }

    /// <summary>A rate that has no long-context figure of its own rises as the input rate does.</summary>
    private decimal? Scaled(decimal? rate, decimal input) => Input is > 0 ? rate * input / Input : rate;
}

/// <summary>Rates of a whole call whose input is longer than <see cref="Above"/> tokens.</summary>
internal sealed record LongContextPrice
{
    public required long Above { get; init; }

    public required decimal Input { get; init; }

    public required decimal Output { get; init; }

    public decimal? Cached { get; init; }
}
