using System.Text.Json;
using Atrium.Contracts.Gateway;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Assistant.Tests;

public sealed class SearchTests(AssistantHouses houses) : IClassFixture<AssistantHouses>
{
    [Theory, BothEngines]
    public async Task Words_are_found_newest_first_whatever_case_and_accents(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var conversation = await person.NewConversationAsync(new { title = "Travel" });
        for (var number = 0; number < 5; number++)
            await AskAsync(person, conversation, $"{number} " + new string('x', 300) + $" Đi Đà Nẵng bằng gì, {number}? 100% sure", "By train.");

        var found = new List<JsonElement>();
        var cursor = "";
        do
        {
            var page = await person.GetJsonAsync("/api/messages/search?limit=2&q=" + Uri.EscapeDataString("da NANG") + cursor);
            found.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.Text("next") is { } next ? "&cursor=" + next : "";
        }
        while (cursor.Length > 0);

        found.Count.ShouldBe(5);
        found.Select(item => item.Text("excerpt")!).ShouldAllBe(excerpt => excerpt.StartsWith('…') && excerpt.Contains("Đà Nẵng") && excerpt.Length < 250);
        found.Select(item => item.GetProperty("createdAt").GetDateTimeOffset()).ShouldBe(found.Select(item => item.GetProperty("createdAt").GetDateTimeOffset()).OrderDescending());
        found[0].Text("conversationTitle").ShouldBe("Travel");
        found[0].GetProperty("conversationId").GetGuid().ShouldBe(conversation);
        found[0].Text("role").ShouldBe("user");
        (await CountAsync(person, "by train")).ShouldBe(5);
        (await CountAsync(person, "100%")).ShouldBe(5);
        (await CountAsync(person, "100_")).ShouldBe(0);
        (await CountAsync(person, "nowhere")).ShouldBe(0);
    }

    [Theory, BothEngines]
    public async Task Offline_Lite_can_quote_the_persons_own_talks_only(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var other = await house.PersonAsync();
        var conversation = await person.NewConversationAsync(new { title = "Garden" });
        await AskAsync(person, conversation, "What about tomatoes?", "Tomatoes want six hours of sunshine and steady watering.", "openai");
        var sources = house.Services.GetServices<IPassageSource>().ToList();

        var own = await FindAsync(sources, person, "How much sunshine do tomatoes want?");
        own[0].ShouldBe(new OwnPassage("Garden", "Tomatoes want six hours of sunshine and steady watering."));
        (await FindAsync(sources, other, "How much sunshine do tomatoes want?")).ShouldBeEmpty();
        (await FindAsync(sources, person, "a b c")).ShouldBeEmpty();
        (await FindAsync(sources, person, "What about tomatoes?")).ShouldNotContain(passage => passage.Text == "What about tomatoes?");
    }

    private static async Task<List<OwnPassage>> FindAsync(List<IPassageSource> sources, TestPerson person, string question)
    {
        var found = new List<OwnPassage>();
        foreach (var source in sources)
            found.AddRange(await source.FindAsync(person.Id, question, 3, default));
        return found;
    }

    private async Task AskAsync(TestPerson person, Guid conversation, string text, string answer, string provider = "offline")
    {
        await person.PostAsync(conversation, text);
        var call = await houses.Gateway.NextAsync();
        using var stream = await person.StreamAsync(conversation);
        call.Route(provider).Say(answer).End();
        await stream.ToEndAsync();
    }

    private static async Task<int> CountAsync(TestPerson person, string q) =>
        (await person.GetJsonAsync("/api/messages/search?q=" + Uri.EscapeDataString(q))).GetProperty("items").GetArrayLength();
}
