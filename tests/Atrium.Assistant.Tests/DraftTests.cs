using System.Net;
using Atrium.Assistant.Conversations;
using Atrium.Platform.Data;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Assistant.Tests;

public sealed class DraftTests(AssistantHouses houses) : IClassFixture<AssistantHouses>
{
    [Theory, BothEngines]
    [Keeps("L-081")]
    public async Task Keeps_a_draft_for_each_conversation_until_it_is_emptied(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var first = await person.NewConversationAsync();
        var second = await person.NewConversationAsync();
        (await DraftAsync(person, first)).ShouldBe("");

        await SaveAsync(person, first, "half a que");
        await SaveAsync(person, first, "half a question");
        await SaveAsync(person, second, "  another\nwith \0 inside ");

        (await DraftAsync(person, first)).ShouldBe("half a question");
        (await DraftAsync(person, second)).ShouldBe("  another\nwith \uFFFD inside ");
        (await person.GetJsonAsync($"/api/conversations/{first}/draft")).TryGetProperty("savedAt", out _).ShouldBeTrue();
        await SaveAsync(person, first, "");
        var emptied = await person.GetJsonAsync($"/api/conversations/{first}/draft");
        emptied.Text("text").ShouldBe("");
        emptied.TryGetProperty("savedAt", out _).ShouldBeFalse();
        (await DraftAsync(person, second)).ShouldNotBeEmpty();
    }

    [Theory, BothEngines]
    public async Task A_draft_goes_with_its_conversation(DatabaseEngine engine)
    {
        await using var house = await houses.StartAsync(engine);
        var person = await house.PersonAsync();
        var conversation = await person.NewConversationAsync();
        await SaveAsync(person, conversation, "half a question");
        await person.SendAsync(HttpMethod.Delete, $"/api/conversations/{conversation}");
        (await person.SendAsync(HttpMethod.Get, $"/api/conversations/{conversation}/draft")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await person.SendAsync(HttpMethod.Put, $"/api/conversations/{conversation}/draft", new { text = "more" })).Status.ShouldBe(HttpStatusCode.NotFound);
        await person.SendAsync(HttpMethod.Post, $"/api/conversations/{conversation}/restore");
        (await DraftAsync(person, conversation)).ShouldBe("half a question");

        await person.SendAsync(HttpMethod.Delete, $"/api/conversations/{conversation}");
        var database = house.Services.GetRequiredService<Database>();
        await database.ExecuteAsync("UPDATE assistant_conversations SET deleted_at = 0 WHERE id = @conversation", new { conversation }, default);
        await house.Services.GetRequiredService<PurgeDeletedConversations>().PurgeAsync(default);
        var left = await database.QueryAsync<Guid>("SELECT conversation_id FROM assistant_drafts WHERE conversation_id = @conversation", new { conversation }, default);
        left.ShouldBeEmpty();
    }

    private static async Task SaveAsync(TestPerson person, Guid conversation, string text) =>
        (await person.SendAsync(HttpMethod.Put, $"/api/conversations/{conversation}/draft", new { text })).Status.ShouldBe(HttpStatusCode.NoContent);

    private static async Task<string?> DraftAsync(TestPerson person, Guid conversation) =>
        (await person.GetJsonAsync($"/api/conversations/{conversation}/draft")).Text("text");
}
