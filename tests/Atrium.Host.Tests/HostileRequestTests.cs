using System.Net.Http.Json;
using System.Text.Json;
using Atrium.Testing;
using Atrium.Testing.Fuzz;

namespace Atrium.Host.Tests;

/// <summary>Every operation of the API's own document, with bodies, paths and queries that no honest client sends.</summary>
public sealed class HostileRequestTests(HousePair houses) : IClassFixture<HousePair>
{
    private const int Seed = 20261120;

    [Theory, BothEngines]
    public async Task Answers_what_is_wrong_and_never_fails(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        await house.AdminAsync();
        using var document = JsonDocument.Parse(await house.Client.GetStringAsync("/openapi/v1.json"));
        // PostgreSQL hears the random half only: what refuses the fixed half comes before any database.
        var requests = HostileRequests.Of(ApiOperation.ReadAll(document.RootElement), engine == DatabaseEngine.Sqlite ? 160 : 40, Seed).ToList();
        if (engine == DatabaseEngine.Sqlite)
            requests.Count.ShouldBeGreaterThan(5_000);
        var wrong = new List<string>();

        foreach (var operation in requests.GroupBy(request => request.Operation))
        {
            // A person for each: some operations end the session they are asked in.
            using var client = (await house.PersonAsync()).Client;
            foreach (var request in operation.Where(request => engine == DatabaseEngine.Sqlite || request.Expectation == Expectation.NoFailure))
            {
                if (await FaultOfAsync(client, request) is { } fault)
                    wrong.Add($"{fault}: {request}");
            }
        }

        wrong.Count.ShouldBe(0, string.Join("\n", wrong.Take(40)));
    }

    private static async Task<string?> FaultOfAsync(HttpClient client, HostileRequest request)
    {
        using var message = request.ToMessage();
        HttpResponseMessage answer;
        try
        {
            answer = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead);
        }
        catch (HttpRequestException) when (request.ExtraBytes > 0)
        {
            // The server answers and closes while the body is still on its way; then the sender may see only the close.
            return null;
        }
        using (answer)
        {
            var status = (int)answer.StatusCode;
            if (status >= 500)
                return $"{status} {await answer.Content.ReadAsStringAsync()}";
            if (request.Expectation == Expectation.NoFailure)
                return null;
            if (status < 400)
                return $"accepted with {status}";
            if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
                return $"{status} as {answer.Content.Headers.ContentType}";
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
            // A right that is missing is said before anything is read.
            if (request.Expectation == Expectation.NamesTheField && status != 403)
            {
                var names = problem.TryGetProperty("errors", out var errors) ? errors.EnumerateObject().Select(error => error.Name).ToList() : [];
                if (!names.Exists(name => name == request.Field || name.StartsWith(request.Field + ".", StringComparison.Ordinal)))
                    return $"{status} {problem.GetProperty("code")} names {string.Join(',', names)} and not {request.Field}";
            }
            return null;
        }
    }
}
