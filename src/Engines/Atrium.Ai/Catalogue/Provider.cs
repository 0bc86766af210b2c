using System.Text.Json.Serialization;

namespace Atrium.Ai;

/// <summary>
/// One AI service as the catalogue knows it: where it is, which wire dialect it speaks, what it needs and what it can do.
/// Rows are data (<c>providers.json</c>); a new service of a known dialect is a new row and nothing else.
/// </summary>
public sealed record Provider
{
    /// <summary>Stable lower-case id, e.g. <c>openai</c> or <c>google-gemini</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The name shown to people.</summary>
    public required string Name { get; init; }

    /// <summary>Where the row is shown: <c>major fast open-model multi-model other local custom</c>.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>Whether the service still takes calls.</summary>
    public required ProviderStatus Status { get; init; }

    /// <summary>A sentence about a limited or discontinued service, else null.</summary>
    public string? StatusNote { get; init; }

    /// <summary>Ids of rows to use instead of a discontinued service.</summary>
    public IReadOnlyList<string> UseInstead { get; init; } = [];

    /// <summary>Name of the wire dialect, e.g. <c>openai-chat</c>.</summary>
    public required string Dialect { get; init; }

    /// <summary>Address template, e.g. <c>https://{region}.ml.cloud.ibm.com</c>; null when only the person knows the address.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Path of a chat call below the base address.</summary>
    public required string ChatPath { get; init; }

    /// <summary>Path of a streamed chat call where it differs from <see cref="ChatPath"/>.</summary>
    public string? StreamPath { get; init; }

    /// <summary>Path that lists models, null when the service has none. Like every path it may name a host of its own among <see cref="ExtraOrigins"/>.</summary>
    public string? ModelsPath { get; init; }

    /// <summary>Further lists of models, read like the first; one that is refused is left out.</summary>
    public IReadOnlyList<string> FurtherModelsPaths { get; init; } = [];

    /// <summary>Name of the setting in which a person types the models they have deployed, null where the service knows them.</summary>
    public string? ModelsSetting { get; init; }

    /// <summary>Address at which a key is exchanged for a token, null where the key itself is sent.</summary>
    public string? TokenPath { get; init; }

    /// <summary>How a key is proven: <c>models</c> (list them), <c>chat</c> (one token), or a path to GET.</summary>
    public required string KeyCheck { get; init; }

    /// <summary>Path of the embeddings call, null when there is none.</summary>
    public string? EmbeddingsPath { get; init; }

    /// <summary>Path of the image generation call, null when there is none.</summary>
    public string? ImagesPath { get; init; }

    /// <summary>How a call proves who it is for.</summary>
    public required ProviderAuthentication Authentication { get; init; }

    /// <summary>Header templates, e.g. <c>Authorization: Bearer {apiKey}</c>; one whose settings are absent is not sent.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>What a person fills in.</summary>
    public required IReadOnlyList<ProviderSetting> Settings { get; init; }

    /// <summary>Templates of further origins a key goes to (token, stream and catalogue hosts).</summary>
    public IReadOnlyList<string> ExtraOrigins { get; init; } = [];

    /// <summary>Heads by which a key of this service can be recognised, longest first where they overlap.</summary>
    public IReadOnlyList<string> KeyPrefixes { get; init; } = [];

    /// <summary>Regular expression of a well-formed key: a hint for people, never a reason to refuse.</summary>
    public string? KeyPattern { get; init; }

    /// <summary>The page where a person makes a key, null when there is none.</summary>
    public string? KeyPage { get; init; }

    /// <summary>What the service can do; a model may do less.</summary>
    public required ProviderCapabilities Capabilities { get; init; }

    /// <summary>How the service counts tokens.</summary>
    public ProviderUsage Usage { get; init; } = new();

    /// <summary>Where the service differs from its dialect.</summary>
    public ProviderDeviations Deviations { get; init; } = new();

    /// <summary>Model ids known when the row was written: shown until the service lists its own.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>The first of the known models, null when none is known.</summary>
    [JsonIgnore]
    public string? DefaultModel => Models.Count > 0 ? Models[0] : null;

    /// <summary>Facts of this row that nobody has confirmed yet.</summary>
    public IReadOnlyList<string> Unverified { get; init; } = [];

    /// <summary>True when calls can be made: the dialect is implemented and the service is not gone for good.</summary>
    [JsonIgnore]
    public bool IsUsable => Dialects.Find(Dialect) is not null
        && (Status is not ProviderStatus.Discontinued || Settings.Any(setting => setting is { IsAddress: true, Required: true }));

    /// <summary>True when the row cannot be used without a secret.</summary>
    [JsonIgnore]
    public bool NeedsKey => Settings.Any(setting => setting is { Secret: true, Required: true })
        || Authentication is ProviderAuthentication.AwsSigV4;

    /// <summary>
    /// The origins (<c>scheme://host[:port]</c>, sorted) a key of this row may be sent to. A changed base address replaces the whole set.
    /// </summary>
    /// <param name="settings">The person's settings by name.</param>
    /// <param name="baseUrl">A changed base address, or null.</param>
    /// <exception cref="ProviderException"><see cref="ProviderErrorKind.NotConfigured"/>: a needed setting is missing or malformed.</exception>
    public IReadOnlyList<string> Origins(IReadOnlyDictionary<string, string>? settings, string? baseUrl = null) =>
        ProviderAddress.Origins(this, settings, baseUrl);
}

/// <summary>Whether a service still takes calls.</summary>
public enum ProviderStatus
{
    /// <summary>Open to everybody.</summary>
    Active,

    /// <summary>Open to some, see the note.</summary>
    Limited,

    /// <summary>Closed; the row stays so that people learn what to use instead.</summary>
    Discontinued,
}

/// <summary>How a call proves who it is for.</summary>
public enum ProviderAuthentication
{
    /// <summary>Nothing is sent.</summary>
    None,

    /// <summary>The row's header templates.</summary>
    Headers,

    /// <summary>AWS Signature Version 4, or a Bedrock key as bearer.</summary>
    AwsSigV4,

    /// <summary>An IBM Cloud API key exchanged for a token.</summary>
    IbmIam,

    /// <summary>An Oracle Cloud request signature.</summary>
    OciSignature,
}

/// <summary>One field a person fills in for a provider.</summary>
public sealed record ProviderSetting
{
    /// <summary>Name of the setting, e.g. <c>apiKey</c> or <c>region</c>.</summary>
    public required string Name { get; init; }

    /// <summary>True when no call can be made without it.</summary>
    public bool Required { get; init; }

    /// <summary>True when it must be sealed and never shown again.</summary>
    public bool Secret { get; init; }

    /// <summary>True when it is an address that replaces the row's base address.</summary>
    public bool IsAddress { get; init; }

    /// <summary>An example to show in the empty field.</summary>
    public string? Example { get; init; }

    /// <summary>The value used when the person gives none.</summary>
    public string? Default { get; init; }
}

/// <summary>What a service can do.</summary>
public sealed record ProviderCapabilities
{
    /// <summary>Calls tools.</summary>
    public bool Tools { get; init; }

    /// <summary>Reads images.</summary>
    public bool ImagesIn { get; init; }

    /// <summary>Answers in JSON of a given schema.</summary>
    public bool JsonSchema { get; init; }

    /// <summary>Answers in some JSON.</summary>
    public bool JsonObject { get; init; }

    /// <summary>Makes embeddings.</summary>
    public bool Embeddings { get; init; }

    /// <summary>Makes images.</summary>
    public bool ImagesOut { get; init; }

    /// <summary>Searches the web by itself and cites it.</summary>
    public bool WebSearch { get; init; }
}

/// <summary>How a service counts tokens.</summary>
public sealed record ProviderUsage
{
    /// <summary>True when a stream carries usage only if the request asks for it.</summary>
    public bool OnlyWhenAsked { get; init; }

    /// <summary>True when the input count leaves out cached tokens.</summary>
    public bool InputExcludesCached { get; init; }
}
