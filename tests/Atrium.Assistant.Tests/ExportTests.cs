using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atrium.Testing;
using Microsoft.Extensions.AI;

namespace Atrium.Assistant.Tests;

public sealed class ExportTests(AssistantHouses houses) : IClassFixture<AssistantHouses>
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    [Theory, BothEngines]
    [Keeps("L-080")]
    public async Task What_is_exported_comes_back_the_same_but_for_its_ids(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var (person, other) = (await house.PersonAsync(), await house.PersonAsync());
        var conversation = await RichConversationAsync(person);

        var exported = await person.Client.GetAsync($"/api/conversations/{conversation}/export?format=json");
        var bytes = await exported.Content.ReadAsByteArrayAsync();
        var report = (await other.ImportAsync(bytes)).GetProperty("report");
        var back = await other.Client.GetByteArrayAsync("/api/conversations/export?format=json");

        exported.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        exported.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        report.GetProperty("conversations").GetInt32().ShouldBe(1);
        report.GetProperty("problemCount").GetInt32().ShouldBe(0, report.ToString());
        Normalized(back).ToJsonString().ShouldBe(Normalized(bytes).ToJsonString());
        var image = JsonDocument.Parse(back).RootElement[0].GetProperty("attachments")[0];
        (await other.Client.GetByteArrayAsync($"/api/attachments/{image.GetProperty("id").GetGuid()}")).ShouldBe(Png);
        (await other.ImportAsync(back)).GetProperty("report").GetProperty("skipped").GetInt32().ShouldBe(1);
        (await other.ImportAsync(bytes)).GetProperty("report").GetProperty("skipped").GetInt32().ShouldBe(1);
        (await person.ImportAsync(bytes)).GetProperty("report").GetProperty("skipped").GetInt32().ShouldBe(1);
        (await person.GetJsonAsync("/api/conversations")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Theory, BothEngines]
    public async Task Importing_an_own_export_takes_a_deletion_back(DatabaseEngine engine)
    {
        var person = await (await houses.OnAsync(engine)).PersonAsync();
        var conversation = await person.NewConversationAsync(new { title = "Kept" });
        var bytes = await person.Client.GetByteArrayAsync("/api/conversations/export?format=json");
        await person.SendAsync(HttpMethod.Delete, $"/api/conversations/{conversation}");
        (await person.Client.GetStringAsync("/api/conversations/export?format=json")).ShouldBe("[]");

        await person.ImportAsync(bytes);

        (await person.GetJsonAsync("/api/conversations")).GetProperty("items")[0].GetProperty("id").GetGuid().ShouldBe(conversation);
    }

    [Theory, BothEngines]
    [Keeps("L-080")]
    public async Task Markdown_holds_the_branch_that_is_shown_under_a_name_that_is_safe(DatabaseEngine engine)
    {
        var person = await (await houses.OnAsync(engine)).PersonAsync();
        var conversation = await RichConversationAsync(person);
        await person.SendAsync(HttpMethod.Patch, $"/api/conversations/{conversation}", new { title = "../Über \"Listen\"\u202E/a" });

        var response = await person.Client.GetAsync($"/api/conversations/{conversation}/export?format=markdown");
        var text = await response.Content.ReadAsStringAsync();

        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/markdown");
        response.Content.Headers.ContentDisposition!.FileNameStar.ShouldBe("-Über _Listen_-a.md");
        text.ShouldContain("## You");
        text.ShouldContain("See this.");
        text.ShouldContain("> Looking it up.");
        text.ShouldContain("````\nSELECT '```'\n````");
        text.ShouldContain("[The source](<https://example.org/>)");
        text.ShouldContain("*[Picture: chart.png]*");
        text.ShouldContain("0.0128 USD");
        text.ShouldNotContain("Second answer");
    }

    [Theory, BothEngines]
    public async Task All_conversations_come_as_a_ZIP_of_documents_with_names_of_their_own(DatabaseEngine engine)
    {
        var person = await (await houses.OnAsync(engine)).PersonAsync();
        foreach (var title in new[] { "Same", "Same", "../up", "CON: a?" })
            await person.NewConversationAsync(new { title });

        var response = await person.Client.GetAsync("/api/conversations/export?format=markdown");
        using var zip = new ZipArchive(await response.Content.ReadAsStreamAsync());

        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/zip");
        response.Content.Headers.ContentDisposition!.FileName!.ShouldEndWith(".zip");
        zip.Entries.Count.ShouldBe(4);
        zip.Entries.Select(entry => entry.FullName).Distinct().Count().ShouldBe(4);
        zip.Entries.ShouldAllBe(entry => !entry.FullName.Contains('/') && !entry.FullName.Contains("..") && !entry.FullName.Contains('?'));
        using var reader = new StreamReader(zip.GetEntry("Same.md")!.Open());
        (await reader.ReadToEndAsync()).ShouldStartWith("# Same\n");
    }

    [Theory, BothEngines]
    public async Task A_foreign_conversation_and_an_unknown_format_are_refused(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var (person, other) = (await house.PersonAsync(), await house.PersonAsync());
        var conversation = await person.NewConversationAsync(new { title = "Mine" });

        (await other.SendAsync(HttpMethod.Get, $"/api/conversations/{conversation}/export?format=json")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await other.Client.GetStringAsync("/api/conversations/export?format=json")).ShouldBe("[]");
        (await person.SendAsync(HttpMethod.Get, $"/api/conversations/{conversation}/export?format=pdf")).Fields.ShouldBe(["format"]);
        (await house.Client.GetAsync("/api/conversations/export")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory, BothEngines]
    public async Task A_file_that_claims_other_peoples_ids_takes_nothing_from_them(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var (person, other) = (await house.PersonAsync(), await house.PersonAsync());
        var conversation = await RichConversationAsync(person);
        var forged = JsonNode.Parse(await person.Client.GetByteArrayAsync($"/api/conversations/{conversation}/export?format=json"))!;
        forged[0]!["title"] = "Forged";
        forged[0]!["cost"] = "99999999999999999999";
        forged[0]!["messages"]![0]!["role"] = "admin";
        forged[0]!["messages"]![2]!["parts"]!.AsArray().Add(JsonNode.Parse("""{"type":"hologram","beam":3}"""));
        forged[0]!["messages"]![2]!["parts"]!.AsArray().Add(JsonNode.Parse("""{"type":"citation","title":"click","url":"javascript:alert(1)"}"""));

        var report = (await other.ImportAsync(ChatGptFile.Text(forged.ToJsonString()))).GetProperty("report");

        report.GetProperty("conversations").GetInt32().ShouldBe(1);
        (await person.ConversationAsync(conversation)).Text("title").ShouldNotBe("Forged");
        var own = (await other.GetJsonAsync("/api/conversations")).GetProperty("items")[0].GetProperty("id").GetGuid();
        own.ShouldNotBe(conversation);
        (await other.ConversationAsync(own)).Text("cost").ShouldBe("0");
        var all = (await other.MessagesAsync(own)).Select(message => message.ToString()).ToList();
        all.ShouldContain(message => message.Contains("hologram", StringComparison.Ordinal));
        all.ShouldAllBe(message => !message.Contains("javascript:", StringComparison.Ordinal));
    }

    /// <summary>Two branches, thoughts, a tool, a source, a picture, a stopped answer.</summary>
    private async Task<Guid> RichConversationAsync(TestPerson person)
    {
        var picture = (await person.UploadAsync(Png, "chart.png")).Json.GetProperty("id").GetGuid();
        var conversation = await person.NewConversationAsync(new { title = "Rich", persona = "zily", systemPrompt = "Be kind.", parameters = new { temperature = 0.5 } });
        var posted = await person.PostAsync(conversation, new { text = "See this.", attachments = new[] { picture } });
        (await houses.Gateway.NextAsync()).Route().Say("Second answer, left.").End();
        await Talk.UntilAsync(async () => (await person.MessagesAsync(conversation))[1].Text("status") == "complete");
        await person.SendAsync(HttpMethod.Post, $"/api/conversations/{conversation}/messages/{posted.AnswerId}/regenerate", new { });
        var call = (await houses.Gateway.NextAsync()).Route().Think("Looking it up.");
        call.Update(new FunctionCallContent("c1", "query", new Dictionary<string, object?> { ["sql"] = "SELECT 1" }));
        call.Update(new FunctionResultContent("c1", "SELECT '```'"));
        call.Update(new TextContent("Here it is. 👍") { Annotations = [new CitationAnnotation { Title = "The source", Url = new Uri("https://example.org/") }] });
        call.End();
        await Talk.UntilAsync(async () => (await person.MessagesAsync(conversation))[1].Text("status") == "complete");
        await person.SendAsync(HttpMethod.Patch, $"/api/conversations/{conversation}", new { pinned = true });
        return conversation;
    }

    /// <summary>Ids become numbers in the order of time; that a message was imported is no part of what it says.</summary>
    private static JsonNode Normalized(byte[] export)
    {
        var root = JsonNode.Parse(export)!;
        var ids = new Dictionary<string, string>();
        foreach (var conversation in root.AsArray())
        {
            var messages = conversation!["messages"]!.AsArray().OrderBy(message => message!["createdAt"]!.GetValue<DateTimeOffset>()).Select(message => message!.DeepClone()).ToList();
            conversation["messages"] = new JsonArray([.. messages]);
            ids[conversation["id"]!.GetValue<string>()] = "conversation";
            foreach (var (index, item) in messages.Concat(conversation["attachments"]!.AsArray()).Index())
                ids[item!["id"]!.GetValue<string>()] = $"#{index}";
        }
        var text = ids.Aggregate(root.ToJsonString(), (json, id) => json.Replace(id.Key, id.Value, StringComparison.Ordinal));
        return JsonNode.Parse(text.Replace(",\"origin\":\"import\"", "", StringComparison.Ordinal))!;
    }
}
