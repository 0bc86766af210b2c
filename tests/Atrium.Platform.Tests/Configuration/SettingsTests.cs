using Atrium.Platform.Configuration;

namespace Atrium.Platform.Tests.Configuration;

public sealed class SettingsTests
{
    private const string Marker = "x7q-marker";

    public static TheoryData<string, string> Broken => new()
    {
        { "PORT", "http" }, { "PORT", "0" }, { "PORT", "65536" }, { "PORT", "-1" }, { "PORT", "80 80" }, { "PORT", "8e3" },
        { "BIND", "nowhere" }, { "BIND", "999.1.1.1" }, { "BIND", "127.0.0.1:80" },
        { "ENVIRONMENT", "prod" }, { "ENVIRONMENT", "0" }, { "ENVIRONMENT", "Production2" },
        { "PUBLIC_URL", "home.example.org" }, { "PUBLIC_URL", "ftp://home.example.org" }, { "PUBLIC_URL", "https://home.example.org/path" }, { "PUBLIC_URL", "https://a:b@home.example.org" },
        { "TRUSTED_PROXIES", "proxy" }, { "TRUSTED_PROXIES", "10.0.0.0/99" },
        { "ALLOW_INSECURE_HTTP", "perhaps" }, { "REGISTRATION", "maybe" }, { "RATE_LIMITS", "some" },
        { "RATE_LIMIT_DEFAULT", "many" }, { "RATE_LIMIT_DEFAULT", "0 per hour" }, { "RATE_LIMIT_DEFAULT", "5 per fortnight" },
        { "ATRIUM_PRIVATE_HOSTS", "127.0.0.1" }, { "ATRIUM_PRIVATE_HOSTS", ":11434" }, { "ATRIUM_PRIVATE_HOSTS", "host:port" },
        { "ALLOWED_ORIGINS", "*" }, { "ALLOWED_ORIGINS", "app.example.org" }, { "ALLOWED_ORIGINS", "[\"https://a.example" }, { "ALLOWED_ORIGINS", "https://a.example/path" },
        { "DATABASE_URL", "mysql://u:" + Marker + "@h/d" }, { "DATABASE_URL", "postgres://" }, { "DATABASE_URL", "postgres://u:" + Marker + "@h" }, { "DATABASE_URL", "Host=h;Password=" + Marker },
        { "DATABASE_URL", "postgres://u:" + Marker + "@h/d?unknown=1" }, { "KEYS_DATABASE_URL", "postgres://u:" + Marker + "@h/d" },
        { "JWT_EXPIRY_HOURS", "0" }, { "REFRESH_EXPIRY_DAYS", "366" }, { "BCRYPT_ROUNDS", "9" }, { "BCRYPT_ROUNDS", "17" },
        { "JWT_SECRET", Marker }, { "JWT_SECRET", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
        { "API_KEY_ENCRYPTION_SECRET", Marker }, { "API_KEY_ENCRYPTION_SECRET", "0000000000000000000000000000000000000000000000000000000000000000" },
        { "LOG_LEVEL", "loud" }, { "MAX_UPLOAD_SIZE", "1" }, { "MAX_UPLOAD_SIZE", "50MB" },
    };

    [Theory, MemberData(nameof(Broken))]
    [Keeps("B-031", "L-060")]
    public void Refuses_a_wrong_value_by_name_and_never_repeats_it(string name, string value)
    {
        var exception = Should.Throw<SettingsException>(() => SettingsLoader.Load(new Dictionary<string, string> { [name] = value }));

        exception.Errors.ShouldHaveSingleItem().ShouldStartWith(name + " ");
        exception.Message.ShouldNotContain(Marker);
    }

    [Fact]
    public void Reports_all_wrong_values_at_once() =>
        Should.Throw<SettingsException>(() => SettingsLoader.Load(new Dictionary<string, string> { ["PORT"] = "x", ["BIND"] = "y", ["LOG_LEVEL"] = "z" })).Errors.Count.ShouldBe(3);

    [Fact]
    public void Needs_nothing_to_be_set()
    {
        var settings = SettingsLoader.Load(new Dictionary<string, string>());

        settings.Environment.ShouldBe(HouseEnvironment.Production);
        settings.IsLoopback.ShouldBeTrue();
        settings.PublicUrl.ShouldBe(new Uri("http://localhost:8080"));
        settings.DatabaseUrl.ShouldBeNull();
        settings.BcryptRounds.ShouldBe(12);
        settings.TokenHours.ShouldBe(24);
    }

    [Theory]
    [InlineData("production", "Information", 10)]
    [InlineData("staging", "Information", 10)]
    [InlineData("development", "Debug", 4)]
    [Keeps("B-030")]
    public void Each_environment_has_its_own_defaults(string environment, string logLevel, int fewestBcryptRounds)
    {
        var settings = SettingsLoader.Load(new Dictionary<string, string> { ["ENVIRONMENT"] = environment, ["BCRYPT_ROUNDS"] = fewestBcryptRounds.ToString() });

        settings.Environment.ToString().ShouldBe(environment, StringCompareShould.IgnoreCase);
        settings.LogLevel.ShouldBe(logLevel);
        Should.Throw<SettingsException>(() => SettingsLoader.Load(new Dictionary<string, string> { ["ENVIRONMENT"] = environment, ["BCRYPT_ROUNDS"] = (fewestBcryptRounds - 1).ToString() }));
    }

    public static TheoryData<string> Older => [.. OlderSettings.Mapped.Keys, .. OlderSettings.Refused.Keys, .. OlderSettings.Noted.Keys];

    [Theory, MemberData(nameof(Older))]
    [Keeps("Z-080", "H-060", "L-050", "B-143", "G-071")]
    public void Answers_for_every_older_setting(string name)
    {
        var value = name switch
        {
            "FLASK_ENV" or "ENV" => "development",
            "HOST" => "127.0.0.1",
            "JWT_SECRET_KEY" or "SECRET_KEY" => "a long enough secret with 32 characters or more",
            "ENCRYPTION_KEY" => "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
            "CORS_ORIGINS" => "[\"https://app.example.org\"]",
            "MAX_FILE_SIZE" => "104857600",
            _ => "24",
        };
        var given = new Dictionary<string, string> { [name] = value };

        if (OlderSettings.Refused.TryGetValue(name, out var instead))
            Should.Throw<SettingsException>(() => SettingsLoader.Load(given)).Errors.ShouldHaveSingleItem().ShouldContain(instead);
        else if (OlderSettings.Noted.ContainsKey(name))
            SettingsLoader.Load(given).Notes.ShouldHaveSingleItem().ShouldStartWith(name);
        else
            SettingsLoader.Load(given).ShouldBe(SettingsLoader.Load(new Dictionary<string, string> { [OlderSettings.Mapped[name]] = value }), new SameSettings());
    }

    [Fact]
    public void Prefers_the_new_name_over_the_older_one() =>
        SettingsLoader.Load(new Dictionary<string, string> { ["ENVIRONMENT"] = "staging", ["FLASK_ENV"] = "development" }).Environment.ShouldBe(HouseEnvironment.Staging);

    [Fact]
    [Keeps("H-061")]
    public void Ends_when_a_required_setting_is_missing()
    {
        var exception = Should.Throw<SettingsException>(() => SettingsLoader.Load(new Dictionary<string, string> { ["REQUIRE"] = "OPENAI_API_KEY, PUBLIC_URL", ["PUBLIC_URL"] = "https://home.example.org" }));

        exception.Message.ShouldStartWith("FATAL configuration: OPENAI_API_KEY");
        exception.Errors.Count.ShouldBe(1);
    }

    [Fact]
    [Asvs("13.4.2")]
    public void Turns_limits_off_on_loopback_only()
    {
        SettingsLoader.Load(new Dictionary<string, string> { ["RATE_LIMITS"] = "off" }).RateLimitsOn.ShouldBeFalse();
        Should.Throw<SettingsException>(() => SettingsLoader.Load(new Dictionary<string, string> { ["RATE_LIMITS"] = "off", ["BIND"] = "0.0.0.0" })).Message.ShouldContain("RATE_LIMITS");
    }

    [Theory]
    [InlineData("postgres://u:p%40ss@db.example.org:6543/home?sslmode=require", "db.example.org:6543/home")]
    [InlineData("postgresql://u@db/home", "db:5432/home")]
    [InlineData("postgres://u:p@ignored/home?host=/run/postgresql", "/run/postgresql:5432/home")]
    public void Reads_addresses_of_postgresql(string url, string display) => DatabaseUrl.Parse(url)!.Display.ShouldBe(display);

    [Fact]
    public void Takes_a_sqlite_address_for_the_built_in_database() => DatabaseUrl.Parse("sqlite:///LangChatHistory.db").ShouldBeNull();

    [Fact]
    public void Reads_environment_files()
    {
        var values = EnvironmentFile.Parse(["# comment", "", "PORT=9000", "export BIND = 0.0.0.0", "HOUSE_NAME=\"Our # house\"", "LOG_LEVEL=debug # loud", "EMPTY="]);

        values.ShouldBe(new Dictionary<string, string> { ["PORT"] = "9000", ["BIND"] = "0.0.0.0", ["HOUSE_NAME"] = "Our # house", ["LOG_LEVEL"] = "debug", ["EMPTY"] = "" });
        Should.Throw<FormatException>(() => EnvironmentFile.Parse(["PORT=1", "sk-secret"])).Message.ShouldBe("line 2 is not NAME=value.");
    }

    [Fact]
    [Keeps("H-063")]
    public void Refuses_an_environment_file_in_production_that_others_can_read()
    {
        var folder = Directory.CreateTempSubdirectory("atrium-env-");
        var file = Path.Combine(folder.FullName, ".env");
        File.WriteAllText(file, "HOUSE_NAME=Ours\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        Should.Throw<SettingsException>(() => SettingsLoader.FromEnvironment(folder.FullName)).Message.ShouldContain("chmod 600 .env");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        SettingsLoader.FromEnvironment(folder.FullName).HouseName.ShouldBe("Ours");
        folder.Delete(recursive: true);
    }

    [Fact]
    [Keeps("Z-081")]
    public void Makes_secrets_of_32_bytes_that_only_their_owner_reads()
    {
        var folder = Directory.CreateTempSubdirectory("atrium-secrets-");
        var secrets = new HouseSecrets(SettingsLoader.Load(new Dictionary<string, string> { ["ATRIUM_DATA"] = folder.FullName }));

        var made = secrets.TokenSecret;

        made.Length.ShouldBe(32);
        secrets.TokenSecret.ShouldBe(made);
        secrets.FindMasterKey().ShouldBeNull();
        File.GetUnixFileMode(Path.Combine(folder.FullName, "secrets", "jwt.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        folder.Delete(recursive: true);
    }

    // Records compare lists and byte arrays by reference; their JSON compares by content.
    private sealed class SameSettings : IEqualityComparer<HouseSettings>
    {
        public bool Equals(HouseSettings? left, HouseSettings? right) => Text(left) == Text(right);

        public int GetHashCode(HouseSettings settings) => Text(settings).GetHashCode(StringComparison.Ordinal);

        private static string Text(HouseSettings? settings) =>
            settings is null ? "" : $"{settings.Environment} {settings.Bind} {settings.TokenHours} {settings.RefreshDays} {string.Join(',', settings.AllowedOrigins)} {settings.MaximumUpload} {Convert.ToHexString(settings.TokenSecret ?? [])} {Convert.ToHexString(settings.MasterKey ?? [])}";
    }
}
