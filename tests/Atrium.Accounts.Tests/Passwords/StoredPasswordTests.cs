using System.Text;
using Atrium.Accounts.Passwords;
using Atrium.Platform.Data;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Accounts.Tests.Passwords;

public sealed class StoredPasswordTests
{
    private const string Planted = "planted-Gänseblümchen-7391-\u00e9\u00e8";

    [Theory, BothEngines]
    [Keeps("Z-103", "Z-110")]
    [Asvs("11.4.2")]
    [Keeps("Z-116")]
    public async Task The_store_holds_bcrypt_of_cost_12_and_no_planted_password_anywhere(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine, new Dictionary<string, string> { ["BCRYPT_ROUNDS"] = "" });
        var setupToken = house.SetupToken;

        (await house.Client.PostAsync("/api/register", new { username = "planter", password = Planted, setupToken }).OutcomeAsync()).ShouldBe("201");
        (await house.Client.PostAsync("/api/login", new { username = "planter", password = Planted }).OutcomeAsync()).ShouldBe("200");

        var database = house.Services.GetRequiredService<Database>();
        var hashes = await database.QueryAsync<string>("SELECT password_hash FROM accounts_people", null, default);
        hashes.ShouldHaveSingleItem().ShouldMatch(@"^v1\$2b\$12\$[./A-Za-z0-9]{53}$");
        (await StoredTextAsync(house, engine)).ShouldNotContain("planted-G");
    }

    [Theory, BothEngines]
    [Keeps("B-010")]
    public async Task Signing_in_with_an_older_systems_hash_works_and_stores_a_new_one(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine);
        var person = await house.PersonAsync();
        var database = house.Services.GetRequiredService<Database>();
        const string older = "old password of mine";
        await StoreAsync(database, person.Id, Bcrypt.Hash(Encoding.UTF8.GetBytes(older), 5));
        Task<string> SignInAsync(string password) => house.Client.PostAsync("/api/login", new { username = person.Username, password }).OutcomeAsync();

        (await SignInAsync("not the password")).ShouldBe("401 sign-in-failed");
        (await SignInAsync(older)).ShouldBe("200");

        var stored = await database.ScalarAsync<string>("SELECT password_hash FROM accounts_people WHERE id = @Id", new { person.Id }, default);
        stored.ShouldStartWith("v1$2b$04$");
        (await SignInAsync(older)).ShouldBe("200");
    }

    [Theory, BothEngines]
    public async Task Known_and_unknown_names_get_the_same_answer(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine);
        var person = await house.PersonAsync();
        async Task<string> AnswerAsync(string username)
        {
            using var response = await house.Client.PostAsync("/api/login", new { username, password = "not the password" });
            var problem = (await response.JsonAsync()).EnumerateObject().Where(field => field.Name != "traceId").Select(field => $"{field.Name}={field.Value}");
            var headers = response.Headers.Where(header => header.Key != "Date").Select(header => $"{header.Key}={string.Join(',', header.Value)}");
            return $"{response.StatusCode}\n{string.Join('\n', headers)}\n{string.Join('\n', problem)}";
        }

        var known = await AnswerAsync(person.Username);

        known.ShouldContain("code=sign-in-failed");
        foreach (var unknown in new[] { Answers.NewName(), "no such name!", "x", "a\u0000b", "' OR 1=1 --", new string('z', 64), "diszi" })
            (await AnswerAsync(unknown)).ShouldBe(known, unknown);
    }

    private static Task StoreAsync(Database database, Guid id, string hash) =>
        database.ExecuteAsync("UPDATE accounts_people SET password_hash = @hash WHERE id = @id", new { id, hash }, default);

    /// <summary>SQLite: the bytes of all its files, logs included. PostgreSQL: every row of every table.</summary>
    private static async Task<string> StoredTextAsync(TestHouse house, DatabaseEngine engine)
    {
        var text = new StringBuilder();
        if (engine == DatabaseEngine.Sqlite)
        {
            foreach (var file in Directory.EnumerateFiles(house.DataFolder, "*", SearchOption.AllDirectories))
            {
                await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using var reader = new StreamReader(stream, Encoding.Latin1);
                text.Append(await reader.ReadToEndAsync());
            }
            text.ToString().ShouldContain("planter");
            return text.ToString();
        }
        var database = house.Services.GetRequiredService<Database>();
        foreach (var table in await database.QueryAsync<string>("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", null, default))
        {
            foreach (var row in await database.QueryAsync<string>($"SELECT CAST(t AS text) FROM {table} t", null, default))
                text.Append(row).Append('\n');
        }
        text.ToString().ShouldContain("planter");
        return text.ToString();
    }
}
