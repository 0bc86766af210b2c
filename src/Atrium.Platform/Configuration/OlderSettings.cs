namespace Atrium.Platform.Configuration;

/// <summary>
/// Settings that the five replaced applications knew. Each is mapped to today's name, refused with what to use instead,
/// or noted: harmless, without effect, and the start says so.
/// </summary>
public static class OlderSettings
{
    public static IReadOnlyDictionary<string, string> Mapped { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FLASK_ENV"] = "ENVIRONMENT",
        ["ENV"] = "ENVIRONMENT",
        ["HOST"] = "BIND",
        ["JWT_SECRET_KEY"] = "JWT_SECRET",
        ["SECRET_KEY"] = "JWT_SECRET",
        ["JWT_EXPIRATION_HOURS"] = "JWT_EXPIRY_HOURS",
        ["JWT_REFRESH_EXPIRATION_DAYS"] = "REFRESH_EXPIRY_DAYS",
        ["ENCRYPTION_KEY"] = "API_KEY_ENCRYPTION_SECRET",
        ["CORS_ORIGINS"] = "ALLOWED_ORIGINS",
        ["MAX_FILE_SIZE"] = "MAX_UPLOAD_SIZE",
    };

    public static IReadOnlyDictionary<string, string> Refused { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["FRONTEND_URL"] = "PUBLIC_URL, the one address of server and web app",
        ["BACKEND_URL"] = "PUBLIC_URL, the one address of server and web app",
        ["ADMIN_PASSWORD"] = "the one-time set-up link that the first start prints",
        ["SUPABASE_URL"] = "Atrium's own accounts, and DATABASE_URL for PostgreSQL",
        ["SUPABASE_KEY"] = "Atrium's own accounts",
        ["SUPABASE_SERVICE_ROLE_KEY"] = "Atrium's own accounts",
        ["RATE_LIMIT_REQUESTS"] = "the limits of each endpoint class, and RATE_LIMIT_DEFAULT for the rest",
        ["RATE_LIMIT_WINDOW"] = "the limits of each endpoint class, and RATE_LIMIT_DEFAULT for the rest",
        ["RATE_LIMIT_PER_MINUTE"] = "RATE_LIMIT_DEFAULT, for example \"60 per minute\"",
        ["RATE_LIMIT_PER_HOUR"] = "RATE_LIMIT_DEFAULT, for example \"200 per hour\"",
        ["RATE_LIMIT_PER_DAY"] = "RATE_LIMIT_DEFAULT, for example \"2000 per day\"",
        ["ALLOWED_HOSTS"] = "PUBLIC_URL, against which Host and Origin are checked",
        ["DRY_RUN"] = "the provider \"offline\" or ./atrium simulate",
        ["WORKSPACE_PATH"] = "workspaces inside ATRIUM_DATA",
        ["UPLOAD_DIR"] = "the files folder inside ATRIUM_DATA",
        ["EXPORT_DIR"] = "the files folder inside ATRIUM_DATA",
    };

    /// <summary>Accepted without effect, with what has taken their place.</summary>
    public static IReadOnlyDictionary<string, string> Noted { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["OPENAI_API_KEY"] = Keys,
        ["ANTHROPIC_API_KEY"] = Keys,
        ["GOOGLE_API_KEY"] = Keys,
        ["OPENROUTER_API_KEY"] = Keys,
        ["DEEPSEEK_API_KEY"] = Keys,
        ["PINECONE_API_KEY"] = Keys,
        ["DEEPSEEK_MODEL"] = Models,
        ["AI_PROVIDER"] = Models,
        ["DEFAULT_PROVIDER"] = Models,
        ["USE_HYBRID_MODELS"] = Models,
        ["MAX_TOKENS"] = Models,
        ["MAX_CONTEXT_TOKENS"] = Models,
        ["MAX_CONTEXT_TOKENS_CLAUDE"] = Models,
        ["MAX_CLAUDE_ITERATIONS"] = Models,
        ["MAX_HTML_CONTEXT_LENGTH"] = Models,
        ["SESSION_TIMEOUT"] = "REFRESH_EXPIRY_DAYS and the list of sessions",
        ["MAX_SESSIONS_PER_USER"] = "REFRESH_EXPIRY_DAYS and the list of sessions",
        ["ALLOWED_UPLOAD_TYPES"] = Files,
        ["EXPORT_RETENTION_HOURS"] = Files,
        ["MAX_FILE_AGE"] = Files,
        ["CLEANUP_INTERVAL"] = Files,
        ["ENABLE_RAG"] = BuiltIn,
        ["ENABLE_CACHE"] = BuiltIn,
        ["ENABLE_MEMORY_DB"] = BuiltIn,
        ["ENABLE_LOGGING"] = BuiltIn,
        ["YAMNET_MODEL_URL"] = Laughter,
        ["AUDIO_SAMPLE_RATE"] = Laughter,
        ["AUDIO_CHANNELS"] = Laughter,
        ["LAUGHTER_THRESHOLD"] = Laughter,
        ["CLIP_DURATION"] = Laughter,
    };

    /// <summary>Those that an admin may take over as keys of the house, where HOUSE_KEYS names them.</summary>
    public static IReadOnlyList<string> ProviderKeys { get; } = ["OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GOOGLE_API_KEY", "OPENROUTER_API_KEY", "DEEPSEEK_API_KEY"];

    private const string Keys = "each person's own keys under Settings, API Provider, or HOUSE_KEYS";
    private const string Models = "each person's choice of provider and model";
    private const string Files = "checks by content and the limits inside the product";
    private const string BuiltIn = "what is built in";
    private const string Laughter = "the detector's own documented parameters";
}
