using System.Net;

namespace Atrium.Platform.Configuration;

/// <summary>How careful the house is by default.</summary>
public enum HouseEnvironment
{
    Production,
    Staging,
    Development,
}

/// <summary>Who may make an account.</summary>
public enum RegistrationMode
{
    Open,
    Invite,
    Closed,
}

/// <summary>What the operator has set, checked. One instance per process, made before anything else.</summary>
public sealed record HouseSettings
{
    public const string EnvironmentSetting = "ENVIRONMENT";

    public required HouseEnvironment Environment { get; init; }

    public required int Port { get; init; }

    public required IPAddress Bind { get; init; }

    /// <summary>The one origin from which cookies, links, Origin and Host checks come.</summary>
    public required Uri PublicUrl { get; init; }

    /// <summary>The house speaks https itself, with a certificate of its own authority.</summary>
    public required bool ServesHttps { get; init; }

    public required IReadOnlyList<IPNetwork> TrustedProxies { get; init; }

    public required bool AllowInsecureHttp { get; init; }

    public required RegistrationMode Registration { get; init; }

    public required bool RateLimitsOn { get; init; }

    public required RateLimit DefaultRateLimit { get; init; }

    /// <summary><c>host:port</c> pairs that the guarded HTTP client may reach although they are private.</summary>
    public required IReadOnlySet<string> PrivateHosts { get; init; }

    /// <summary>Where a browser looks for an Ollama of its own: this machine, and what the operator adds.</summary>
    public required IReadOnlyList<string> OllamaBrowserOrigins { get; init; }

    /// <summary>Other origins whose pages may call the API with a Bearer header. Empty by default.</summary>
    public required IReadOnlyList<string> AllowedOrigins { get; init; }

    public required string DataFolder { get; init; }

    public required string BackupFolder { get; init; }

    /// <summary>Null means SQLite in <see cref="DataFolder"/>.</summary>
    public required DatabaseUrl? DatabaseUrl { get; init; }

    public required DatabaseUrl? KeysDatabaseUrl { get; init; }

    public required int TokenHours { get; init; }

    public required int RefreshDays { get; init; }

    /// <summary>Greatest age of a sign-in, however much it is used.</summary>
    public required int SessionDays { get; init; }

    public required int SessionsPerPerson { get; init; }

    public required int BcryptRounds { get; init; }

    /// <summary>Null: made on first start and kept in the data folder.</summary>
    public required byte[]? TokenSecret { get; init; }

    /// <summary>Null: made on first start and kept in the data folder.</summary>
    public required byte[]? MasterKey { get; init; }

    /// <summary>What a rotation changes to; null: made by the rotation and kept in the data folder.</summary>
    public required byte[]? NextMasterKey { get; init; }

    public required string LogLevel { get; init; }

    /// <summary>Bytes.</summary>
    public required int MaximumUpload { get; init; }

    /// <summary>Bytes of one file of conversations to import; 0 turns importing off.</summary>
    public required int MaximumImport { get; init; }

    /// <summary>Characters of one question to a model.</summary>
    public required int MaximumPrompt { get; init; }

    /// <summary>Tokens of one answer of a model.</summary>
    public required int MaximumOutputTokens { get; init; }

    /// <summary>Messages a person may send to models in a UTC day; 0: no limit.</summary>
    public required int MessagesPerDay { get; init; }

    /// <summary>Calls to models that a person may begin in a minute; 0: no limit. The same for the two below.</summary>
    public required int PersonRequestsPerMinute { get; init; }

    public required int PersonTokensPerMinute { get; init; }

    /// <summary>At the same time.</summary>
    public required int PersonConcurrentCalls { get; init; }

    /// <summary>Provider keys by the name of their setting that an admin may take over as keys of the house. Nothing uses them before.</summary>
    public required IReadOnlyDictionary<string, string> OfferedKeys { get; init; }

    /// <summary>Rates that take the place of those of the price table.</summary>
    public required PriceSettings Prices { get; init; }

    public required string HouseName { get; init; }

    /// <summary>Older settings that were given and have no effect, each with what took its place.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    public string DataFile(string name) => Path.Combine(DataFolder, name);

    public bool IsLoopback => IPAddress.IsLoopback(Bind);

    /// <summary>Every setting there is, in the order of the documentation, with its default in production.</summary>
    public static IReadOnlyList<SettingDefinition> Definitions => DefinitionsIn(HouseEnvironment.Production);

    /// <summary>Every setting there is, with its default in that environment.</summary>
    public static IReadOnlyList<SettingDefinition> DefinitionsIn(HouseEnvironment environment)
    {
        var reader = new SettingReader(new Dictionary<string, string> { [EnvironmentSetting] = environment.ToString() });
        SettingsLoader.Read(reader);
        return reader.Definitions;
    }
}
