using Atrium.Testing;

namespace Atrium.Accounts.Tests;

public sealed class HostileBodyTests(HousePair houses) : IClassFixture<HousePair>
{
    private static readonly string Deep = string.Concat(Enumerable.Repeat("[", 40)) + string.Concat(Enumerable.Repeat("]", 40));

    private static readonly (string Method, string Path, string[] Required, string[] Optional)[] Routes =
    [
        ("POST", "/api/register", ["username", "password"], ["email", "setupToken", "invitation"]),
        ("POST", "/api/login", ["username", "password"], ["code"]),
        ("POST", "/api/refresh", [], ["refreshToken"]),
        ("POST", "/api/me/password", ["currentPassword", "newPassword"], []),
        ("PATCH", "/api/me/preferences", [], ["locale", "theme", "enterSends", "hideProviderPrompt", "persona", "notify"]),
    ];

    public static TheoryData<string, string, string, string> Bodies()
    {
        var data = new TheoryData<string, string, string, string>();
        foreach (var (method, path, required, optional) in Routes)
        {
            foreach (var text in new[] { "[]", "\"text\"", "7", "true", "{", "{,}", "\u0000", "[] []" })
                data.Add(method, path, text, "body");
            if (path != "/api/refresh")
                data.Add(method, path, "null", "body");
            foreach (var field in required)
            {
                data.Add(method, path, Body(required, field, null), field);
                data.Add(method, path, Body(required, field, "null"), field);
                data.Add(method, path, Body(required, field, "\"\""), field);
            }
            foreach (var field in required.Concat(optional))
            {
                foreach (var value in new[] { "{}", "[1]", "1.5", "\"\\ud800\"", $"\"{new string('x', 300)}\"", $"\"a\",\"{field}\":\"b\"", Deep })
                    data.Add(method, path, Body(required, field, value), field);
            }
            data.Add(method, path, Body(required, "unheardOf", Deep), "unheardOf");
        }
        return data;
    }

    /// <summary>A body that is right but for one field; null leaves the field out.</summary>
    private static string Body(string[] required, string field, string? value)
    {
        var others = required.Where(name => name != field).Select(name => $"\"{name}\":\"a-value-of-it\"");
        return "{" + string.Join(',', value is null ? others : others.Append($"\"{field}\":{value}")) + "}";
    }

    [Theory, MemberData(nameof(Bodies))]
    public async Task Answers_every_wrong_body_with_400_and_the_fields_name(string method, string path, string body, string field)
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        var admin = await house.AdminAsync();

        using var response = await admin.Client.SendTextAsync(new HttpMethod(method), path, body);

        (await response.FieldsAsync()).ShouldContain(name => name == field || name.StartsWith(field + "[", StringComparison.Ordinal) || name.StartsWith(field + ".", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/api/register")]
    [InlineData("/api/login")]
    [InlineData("/api/me/password")]
    public async Task Says_when_there_is_no_body_when_it_is_not_json_and_when_it_is_huge(string path)
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        var admin = await house.AdminAsync();

        using var none = await admin.Client.PostAsync(path, null);
        (await none.FieldsAsync()).ShouldBe(["body"]);
        (await admin.Client.PostAsync(path, new StringContent("username=a", System.Text.Encoding.UTF8, "text/plain")).OutcomeAsync()).ShouldBe("415 unsupported-media-type");
        (await admin.Client.SendTextAsync(HttpMethod.Post, path, "{\"username\":\"" + new string('x', 2_000_000) + "\"}").OutcomeAsync()).ShouldBe("413 too-large");
        using var id = await admin.Client.DeleteAsync("/api/sessions/not-an-id");
        (await id.FieldsAsync()).ShouldBe(["id"]);
    }

    [Theory]
    [InlineData("GET", "/api/me")]
    [InlineData("PATCH", "/api/me/preferences")]
    [InlineData("POST", "/api/me/password")]
    [InlineData("GET", "/api/sessions")]
    [InlineData("DELETE", "/api/sessions/01981a3c-0000-7000-8000-000000000000")]
    [InlineData("POST", "/verify")]
    [Keeps("Z-053")]
    public async Task A_stranger_gets_401_before_anything_else_is_said(string method, string path)
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);

        using var response = await house.Client.SendTextAsync(new HttpMethod(method), path, "{}");

        (await response.OutcomeAsync()).ShouldBe("401 sign-in-required");
        response.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
    }
}
