namespace Atrium.Ai;

/// <summary>Where a service differs from its dialect. The defaults are the dialect's own behaviour.</summary>
public sealed record ProviderDeviations
{
    /// <summary>Name of the field that limits the answer.</summary>
    public string MaxTokensField { get; init; } = "max_tokens";

    /// <summary>The most output tokens the service takes in a request, null when unknown.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>False when <c>stream_options</c> must not be sent.</summary>
    public bool SendsStreamOptions { get; init; } = true;

    /// <summary>Name of the field for a seed.</summary>
    public string SeedField { get; init; } = "seed";

    /// <summary>The word that makes a tool call obligatory.</summary>
    public string RequiredToolChoice { get; init; } = "required";

    /// <summary>True when <c>parallel_tool_calls</c> must not be sent.</summary>
    public bool NoParallelToolCalls { get; init; }

    /// <summary>True when tool call ids must be nine letters or digits.</summary>
    public bool ShortToolCallIds { get; init; }

    /// <summary>True when neighbouring messages of one role must be merged.</summary>
    public bool MergesSameRole { get; init; }

    /// <summary>True when reasoning arrives between <c>&lt;think&gt;</c> tags inside the text.</summary>
    public bool ThinkTags { get; init; }

    /// <summary>True when <c>reasoning_effort</c> is understood.</summary>
    public bool ReasoningEffort { get; init; }

    /// <summary>True when <c>reasoning_details</c> must be sent back unchanged.</summary>
    public bool ReturnsReasoningDetails { get; init; }

    /// <summary>True when the output count leaves out reasoning tokens.</summary>
    public bool OutputExcludesReasoning { get; init; }

    /// <summary>True when <c>top_k</c> is understood.</summary>
    public bool TopK { get; init; }

    /// <summary>True when texts to embed may come as numbers of the model's own tokens.</summary>
    public bool ReadsTokens { get; init; }

    /// <summary>Seconds to wait for the first byte where a cold start may take minutes, else null.</summary>
    public int? FirstByteSeconds { get; init; }
}
