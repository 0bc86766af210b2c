using System.Collections;
using System.Net;
using System.Text.Json;

namespace Atrium.Platform.Configuration;

/// <summary>The settings are wrong. <see cref="Errors"/> name each one and say what it must be, without its value.</summary>
public sealed class SettingsException(IReadOnlyList<string> errors) : Exception("FATAL configuration: " + string.Join(" ", errors))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}

/// <summary>Brings the environment and <c>.env</c> together (the environment wins) and checks every value.</summary>
public static class SettingsLoader
{
    private const string EnvironmentFileName = ".env";

    /// <param name="folder">Where <c>.env</c> is looked for.</param>
    /// <exception cref="SettingsException">Something is wrong; the process should end with its message.</exception>
    public static HouseSettings FromEnvironment(string folder)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var file = Path.Combine(folder, EnvironmentFileName);
        var hasFile = File.Exists(file);
        if (hasFile)
        {
            try
            {
                values = EnvironmentFile.Parse(File.ReadLines(file));
            }
            catch (FormatException exception)
            {
                throw new SettingsException([$"{EnvironmentFileName} {exception.Message}"]);
            }
        }
        foreach (DictionaryEntry entry in System.Environment.GetEnvironmentVariables())
            values[(string)entry.Key] = (string?)entry.Value ?? "";
        var settings = Load(values);
        if (hasFile && settings.Environment == HouseEnvironment.Production && EnvironmentFile.IsReadableByOthers(file))
            throw new SettingsException([$"{EnvironmentFileName} can be read by others. Run: chmod 600 .env"]);
        return settings;
    }

    /// <exception cref="SettingsException">Something is wrong.</exception>
    public static HouseSettings Load(IReadOnlyDictionary<string, string> given)
    {
        var values = new Dictionary<string, string>(given, StringComparer.Ordinal);
        var reader = new SettingReader(values);
        foreach (var (older, newer) in OlderSettings.Mapped)
        {
            if (values.TryGetValue(older, out var value) && value.Length > 0 && IsOurs(older, value))
                values.TryAdd(newer, value);
        }
        foreach (var (older, instead) in OlderSettings.Refused)
        {
            if (values.TryGetValue(older, out var value) && value.Length > 0)
                reader.Refuse(older, $"is not a setting of Atrium. Use {instead}.");
        }
        if (values.TryGetValue("DATABASE_PATH", out var path) && path.Length > 0 && Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            values.TryAdd("ATRIUM_DATA", folder);
        if (values.TryGetValue("DEBUG", out var debug) && debug.Equals("true", StringComparison.OrdinalIgnoreCase))
            values.TryAdd(HouseSettings.EnvironmentSetting, "development");
        SecretSources.Resolve(values, reader);
        var settings = Read(reader);
        foreach (var name in (settings.Require ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (!values.TryGetValue(name, out var value) || value.Length == 0)
                reader.Refuse(name, "is required by REQUIRE and missing. Set it, or take it out of REQUIRE.");
        }
        if (reader.Errors.Count > 0)
            throw new SettingsException(reader.Errors);
        var notes = OlderSettings.Noted.Where(pair => values.ContainsKey(pair.Key) && !settings.House.OfferedKeys.ContainsKey(pair.Key)).Select(pair => $"{pair.Key} has no effect; in its place: {pair.Value}.");
        return settings.House with { Notes = [.. notes] };
    }

    internal static (HouseSettings House, string? Require) Read(SettingReader reader)
    {
        var require = reader.Text("REQUIRE", null, "Names of settings without which the house must not start, separated by commas.");
        var port = reader.Integer("PORT", 8080, 1, 65535, "Port to listen on.");
        var bind = reader.Parsed("BIND", "127.0.0.1", "Address to listen on: loopback unless a reverse proxy on another machine, or a container, needs 0.0.0.0.", ParseBind);
        var environment = reader.Choice(HouseSettings.EnvironmentSetting, HouseEnvironment.Production, "production, staging or development.");
        var servesHttps = reader.Switch("HTTPS", false, "Serves https with a certificate of this house's own authority, as ./atrium run --https does. Behind a reverse proxy leave it off.");
        var house = new HouseSettings
        {
            Environment = environment,
            Port = port,
            Bind = bind,
            ServesHttps = servesHttps,
            PublicUrl = reader.Parsed("PUBLIC_URL", null, "The one address people type, such as https://home.example.org. Default: http://localhost:PORT.", text => ParsePublicUrl(text ?? $"{(servesHttps ? "https" : "http")}://localhost:{port}")),
            TrustedProxies = reader.Parsed("TRUSTED_PROXIES", null, "Addresses or networks whose X-Forwarded headers are believed, separated by commas.", ParseNetworks),
            AllowInsecureHttp = reader.Switch("ALLOW_INSECURE_HTTP", false, "Allows sign-in over plain http away from this machine: no Secure cookie, no passkeys, a permanent banner."),
            Registration = reader.Choice("REGISTRATION", RegistrationMode.Open, "open, invite or closed."),
            RateLimitsOn = reader.Parsed("RATE_LIMITS", "on", "off removes every limit, for measurements; refused unless BIND is loopback.", ParseOnOff),
            DefaultRateLimit = reader.Parsed("RATE_LIMIT_DEFAULT", "600 per minute", "Limit of endpoints without a class of their own, per person or address.", RateLimit.Parse),
            PrivateHosts = reader.Parsed("ATRIUM_PRIVATE_HOSTS", null, "host:port pairs on private networks that AI providers may use, such as 127.0.0.1:11434.", ParseHosts),
            OllamaBrowserOrigins = ["http://localhost:11434", "http://127.0.0.1:11434", .. reader.Parsed("OLLAMA_BROWSER_ORIGINS", null, "Other addresses at which a person's browser may find its own Ollama, separated by commas.", ParseOrigins)],
            AllowedOrigins = reader.Parsed("ALLOWED_ORIGINS", null, "Other origins whose pages may call the API with a Bearer header, separated by commas.", ParseOrigins),
            DataFolder = Path.GetFullPath(reader.Text("ATRIUM_DATA", "data", "Folder of databases, files and secrets.")!),
            BackupFolder = Path.GetFullPath(reader.Text("BACKUP_DIR", "backups", "Folder backups are written to, beside the data folder by default.")!),
            DatabaseUrl = reader.Parsed("DATABASE_URL", null, "postgres://user:password@host:5432/name. Empty: SQLite in the data folder.", DatabaseUrl.Parse, isSecret: true),
            KeysDatabaseUrl = reader.Parsed("KEYS_DATABASE_URL", null, "PostgreSQL database of the sealing keys. Default: DATABASE_URL's name with _keys.", DatabaseUrl.Parse, isSecret: true),
            TokenHours = reader.Integer("JWT_EXPIRY_HOURS", 24, 1, 24 * 30, "Lifetime of an access token, in hours."),
            RefreshDays = reader.Integer("REFRESH_EXPIRY_DAYS", 30, 1, 365, "Lifetime of a sign-in that is not used, in days."),
            SessionDays = reader.Integer("SESSION_MAX_DAYS", 180, 1, 3650, "Greatest age of a sign-in, however much it is used, in days."),
            SessionsPerPerson = reader.Integer("SESSIONS_PER_PERSON", 50, 1, 1000, "Sign-ins a person may have at once; one more ends the one that was not used for longest."),
            BcryptRounds = reader.Integer("BCRYPT_ROUNDS", 12, environment == HouseEnvironment.Development ? 4 : 10, 16, "Work factor of password hashes."),
            TokenSecret = reader.Parsed("JWT_SECRET", null, "Signs access tokens; at least 32 characters. Default: made on first start.", ParseTokenSecret, isSecret: true),
            MasterKey = reader.Parsed("API_KEY_ENCRYPTION_SECRET", null, "Master key, 64 hexadecimal digits. Default: made on first start. Whoever loses it loses all sealed keys.", ParseMasterKey, isSecret: true),
            NextMasterKey = reader.Parsed("API_KEY_ENCRYPTION_SECRET_NEXT", null, "The master key that ./atrium vault rotate changes to, while API_KEY_ENCRYPTION_SECRET is set.", ParseMasterKey, isSecret: true),
            LogLevel = reader.Parsed("LOG_LEVEL", environment == HouseEnvironment.Development ? "debug" : "info", "debug, info, warning or error.", ParseLogLevel),
            MaximumUpload = reader.Integer("MAX_UPLOAD_SIZE", 52_428_800, 1024, 2_000_000_000, "Largest upload, in bytes."),
            MaximumImport = reader.Integer("IMPORT_MAX_SIZE", 1_073_741_824, 0, 2_000_000_000, "Largest file of conversations to import, in bytes. 0 turns importing off."),
            MaximumPrompt = reader.Integer("MAX_PROMPT_CHARACTERS", 100_000, 1_000, 10_000_000, "Longest question to a model, in characters."),
            MaximumOutputTokens = reader.Integer("MAX_OUTPUT_TOKENS", 8_192, 16, 1_000_000, "Longest answer of a model, in tokens."),
            MessagesPerDay = reader.Integer("MESSAGES_PER_DAY", 0, 0, 1_000_000, "Messages a person may send to models in a day (UTC). 0: no limit."),
            PersonRequestsPerMinute = reader.Integer("PERSON_REQUESTS_PER_MINUTE", 0, 0, 1_000_000, "Calls to models that a person, with all programs, may begin in a minute. 0: no limit."),
            PersonTokensPerMinute = reader.Integer("PERSON_TOKENS_PER_MINUTE", 0, 0, 1_000_000_000, "Tokens that a person's calls may use in a minute. 0: no limit."),
            PersonConcurrentCalls = reader.Integer("PERSON_CONCURRENT_CALLS", 0, 0, 10_000, "Calls to models that a person may have under way at the same time. 0: no limit."),
            OfferedKeys = ReadOfferedKeys(reader),
            Prices = PriceSettings.Read(reader),
            HouseName = reader.Text("HOUSE_NAME", "Atrium", "Name of this house, shown at sign-in.")!,
            Notes = [],
        };
        CheckTogether(reader, house);
        return (house, require);
    }

    private static Dictionary<string, string> ReadOfferedKeys(SettingReader reader)
    {
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        var named = reader.Text("HOUSE_KEYS", null, $"Names of settings whose provider keys an admin may take over as keys of the house, separated by commas: {string.Join(", ", OlderSettings.ProviderKeys)}. Without it they have no effect.");
        foreach (var name in Split(named))
        {
            if (!OlderSettings.ProviderKeys.Contains(name))
                reader.Refuse("HOUSE_KEYS", $"must be names of: {string.Join(", ", OlderSettings.ProviderKeys)}.");
            else if (reader.Given(name) is { } key)
                keys[name] = key;
            else
                reader.Refuse("HOUSE_KEYS", $"names {name}, which is not set.");
        }
        return keys;
    }

    private static void CheckTogether(SettingReader reader, HouseSettings house)
    {
        if (!house.RateLimitsOn && !house.IsLoopback)
            reader.Refuse("RATE_LIMITS", "may be off only while BIND is a loopback address.");
        if (house.ServesHttps && house.PublicUrl.Scheme != Uri.UriSchemeHttps)
            reader.Refuse("PUBLIC_URL", "must be an https address while HTTPS is on.");
        if (house.KeysDatabaseUrl is not null && house.DatabaseUrl is null)
            reader.Refuse("KEYS_DATABASE_URL", "needs DATABASE_URL.");
        if (house.KeysDatabaseUrl is not null && house.KeysDatabaseUrl == house.DatabaseUrl)
            reader.Refuse("KEYS_DATABASE_URL", "must be another database than DATABASE_URL: keys live apart from data.");
    }

    // Shells and containers set HOST for themselves; only an address is meant for us.
    private static bool IsOurs(string older, string value) => older != "HOST" || IPAddress.TryParse(value, out _);

    private static IPAddress ParseBind(string? text) => text switch
    {
        "localhost" or "loopback" => IPAddress.Loopback,
        "*" => IPAddress.Any,
        _ when IPAddress.TryParse(text, out var address) => address,
        _ => throw new FormatException("must be an IP address, such as 127.0.0.1 or 0.0.0.0."),
    };

    private static Uri ParsePublicUrl(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.PathAndQuery != "/" || url.UserInfo.Length > 0)
            throw new FormatException("must be an origin, such as https://home.example.org, without a path.");
        return url;
    }

    private static List<IPNetwork> ParseNetworks(string? text) =>
        [.. Split(text).Select(part =>
            IPNetwork.TryParse(part, out var network) ? network
            : IPAddress.TryParse(part, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : throw new FormatException("must be addresses or networks, such as 10.0.0.5 or 172.16.0.0/12."))];

    private static bool ParseOnOff(string? text) => text?.ToLowerInvariant() switch
    {
        "on" or "true" => true,
        "off" or "false" => false,
        _ => throw new FormatException("must be on or off."),
    };

    private static HashSet<string> ParseHosts(string? text) =>
        Split(text).Select(part => part.LastIndexOf(':') is > 0 and var colon && ushort.TryParse(part.AsSpan(colon + 1), out _)
            ? part.ToLowerInvariant()
            : throw new FormatException("must be host:port pairs, such as 127.0.0.1:11434.")).ToHashSet(StringComparer.Ordinal);

    private static List<string> ParseOrigins(string? text)
    {
        IEnumerable<string> parts;
        try
        {
            parts = text?.TrimStart().StartsWith('[') == true ? JsonSerializer.Deserialize<string[]>(text) ?? [] : Split(text);
        }
        catch (JsonException exception)
        {
            throw new FormatException("must be origins separated by commas, or a JSON array of them.", exception);
        }
        return [.. parts.Select(part => part != "*" && Uri.TryCreate(part, UriKind.Absolute, out var origin) && origin.Scheme is "http" or "https" && origin.PathAndQuery == "/"
            ? origin.GetLeftPart(UriPartial.Authority)
            : throw new FormatException("must be origins such as https://app.example.org; * is refused."))];
    }

    private static byte[]? ParseTokenSecret(string? text) =>
        text is null ? null
        : text.Length >= 32 && text.Distinct().Count() >= 10 ? System.Text.Encoding.UTF8.GetBytes(text)
        : throw new FormatException("must have at least 32 characters, 10 of them different.");

    private static byte[]? ParseMasterKey(string? text) =>
        text is null ? null
        : text.Length == 64 && text.All(char.IsAsciiHexDigit) && text.Distinct().Count() > 4 ? Convert.FromHexString(text)
        : throw new FormatException("must be 64 hexadecimal digits, random ones.");

    private static string ParseLogLevel(string? text) => text?.ToLowerInvariant() switch
    {
        "trace" => "Trace",
        "debug" => "Debug",
        "info" or "information" => "Information",
        "warn" or "warning" => "Warning",
        "error" => "Error",
        "critical" or "fatal" => "Critical",
        _ => throw new FormatException("must be debug, info, warning or error."),
    };

    private static string[] Split(string? text) => (text ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
