using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Atrium.Testing;

namespace Atrium.Gateway.Tests;

/// <summary>What becomes of each field that a program may send, by who is behind; the page for people is written from the proof.</summary>
public sealed partial class TranslationTests(GatewayHouses houses) : IClassFixture<GatewayHouses>
{
    /// <summary>Set to write the tables of the page instead of comparing them: ATRIUM_WRITE_API_PAGE=1 ./atrium test Atrium.Gateway</summary>
    private const string WriteVariable = "ATRIUM_WRITE_API_PAGE";

    private const string Kept = "✓";
    private const string Refused = "400";
    private const string Left = "–";

    private static readonly string Page = typeof(TranslationTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "ApiPage").Value!;

    private static readonly (string Provider, string Title)[] Behind =
    [
        ("openai", "OpenAI"), ("anthropic", "Anthropic"), ("google-gemini", "Gemini"), ("amazon-bedrock", "Bedrock"), ("cohere", "Cohere"), ("ollama-cloud", "Ollama"), ("ibm-watsonx", "watsonx"),
        ("oracle-cloud-ai", "Oracle"), ("replicate", "Replicate"),
    ];

    [Theory]
    [InlineData("chat", "openai")]
    [InlineData("messages", "anthropic")]
    [InlineData("responses", null)]
    [Keeps("L-083")]
    public async Task Every_field_is_kept_refused_by_its_name_or_left_out_as_the_page_says(string format, string? own)
    {
        var fields = format switch { "chat" => TranslatedField.Chat, "messages" => TranslatedField.Messages, _ => TranslatedField.Responses };
        var columns = Behind.Where(column => column.Provider != own).ToList();
        var cells = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (provider, _) in columns)
            cells[provider] = await ProveAsync(format, fields, provider);
        var table = new StringBuilder();
        table.Append($"| field | {string.Join(" | ", columns.Select(column => column.Title))} |\n|---|{string.Concat(columns.Select(_ => ":-:|"))}\n");
        for (var row = 0; row < fields.Count; row++)
            table.Append($"| {fields[row].Title} | {string.Join(" | ", columns.Select(column => cells[column.Provider][row]))} |\n");

        var page = (await File.ReadAllTextAsync(Page)).ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1")
            await File.WriteAllTextAsync(Page, page = TableOf(format).Replace(page, match => match.Groups["before"].Value + table + match.Groups["after"].Value));
        TableOf(format).Match(page).Groups["table"].Value.ShouldBe(table.ToString(), $"What is kept changed. If that is meant, run with {WriteVariable}=1.");
    }

    private async Task<List<string>> ProveAsync(string format, IReadOnlyList<TranslatedField> fields, string provider)
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        var person = await house.PersonAsync();
        await person.ChooseAsync(SimulatedDialects.ChoiceOf(provider, houses.First));
        var (_, secret) = await person.MakeApiKeyAsync();
        var cells = new List<string>();
        foreach (var field in fields)
        {
            var mark = Talk.NewKey();
            var body = field.Body(Plain(format, SimulatedDialects.ModelOf(provider), mark), mark);
            var (status, answer) = await house.RequestAsync(secret, format switch { "chat" => "/v1/chat/completions", "messages" => "/v1/messages", _ => "/v1/responses" }, body.ToJsonString());
            var sent = houses.First.Simulation.Requests.LastOrDefault(request => request.Body.Contains(mark, StringComparison.Ordinal))?.Json.ToString();
            status.ShouldBeOneOf([200, 400], $"{provider}, {field.Title}: {answer}");
            // What is refused costs nothing and names what is at fault.
            if (status == 400)
                answer.GetProperty("error").GetProperty("message").GetString()!.Length.ShouldBeGreaterThan(20);
            cells.Add(status == 400 ? Refused : field.Traces.Any(trace => WhiteSpace().Replace(sent!, "").Contains(WhiteSpace().Replace(trace, ""), StringComparison.Ordinal)) ? Kept : Left);
        }
        return cells;
    }

    private static JsonObject Plain(string format, string model, string mark) => format switch
    {
        "responses" => new JsonObject { ["model"] = model, ["input"] = mark },
        "messages" => new JsonObject { ["model"] = model, ["max_tokens"] = 200, ["messages"] = Question(mark) },
        _ => new JsonObject { ["model"] = model, ["messages"] = Question(mark) },
    };

    private static JsonArray Question(string mark) => [new JsonObject { ["role"] = "user", ["content"] = mark }];

    private static Regex TableOf(string format) => new($"(?<before><!-- kept: {format} -->\n)(?<table>(?:\\|.*\n)*)(?<after><!-- end -->)", RegexOptions.CultureInvariant);

    [GeneratedRegex(@"\s", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex WhiteSpace();
}
