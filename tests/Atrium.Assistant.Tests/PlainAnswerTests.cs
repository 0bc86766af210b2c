using System.Net;
using Atrium.Testing;

namespace Atrium.Assistant.Tests;

public sealed class PlainAnswerTests(AssistantHouses houses) : IClassFixture<AssistantHouses>
{
    [Theory, BothEngines]
    [Keeps("Z-030")]
    public async Task Chat_asks_a_persona_and_goes_on_in_the_same_conversation(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var asking = person.SendAsync(HttpMethod.Post, "/api/ai/chat", new { persona = "zily", message = "Hello" });
        var call = await houses.Gateway.NextAsync();
        call.Call.Persona.ShouldBe("zily");
        call.Route("offline", "lite").Say("Hi, ").Say("friend.").End();
        var first = await asking;
        first.Json.Text("reply").ShouldBe("Hi, friend.");
        first.Json.Text("provider").ShouldBe("offline");
        first.Json.Text("model").ShouldBe("lite");

        var conversationId = first.Json.GetProperty("conversationId").GetGuid();
        var again = person.SendAsync(HttpMethod.Post, "/api/ai/chat", new { message = "And?", conversationId });
        var second = await houses.Gateway.NextAsync();
        second.Call.Messages.Select(message => message.Text).Skip(1).ShouldBe(["Hello", "Hi, friend.", "And?"]);
        second.Fail("quota-exhausted", "OpenAI says the credit is used up.");

        var refused = await again;
        refused.Status.ShouldBe(HttpStatusCode.BadGateway);
        refused.Code.ShouldBe("quota-exhausted");
        (await person.MessagesAsync(conversationId)).Count.ShouldBe(4);
    }

    [Theory, BothEngines]
    [Keeps("L-012")]
    public async Task The_older_shape_is_answered_for_the_person_who_is_signed_in(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var asking = person.SendAsync(HttpMethod.Post, "/", """{"user_input":"Hello","session_id":null,"username":"somebody else"}""");
        var call = await houses.Gateway.NextAsync();
        call.Call.PersonId.ShouldBe(person.Id);
        call.Route("offline", "lite").Say("Hi.").End();
        var first = await asking;
        first.Json.Text("response").ShouldBe("Hi.");

        var session = first.Json.GetProperty("session_id").GetGuid();
        var again = person.SendAsync(HttpMethod.Post, "/", new { user_input = "More", session_id = session });
        (await houses.Gateway.NextAsync()).Route("offline", "lite").Say("More.").End();
        (await again).Json.GetProperty("session_id").GetGuid().ShouldBe(session);
        (await person.MessagesAsync(session)).Count.ShouldBe(4);
        using var stranger = await house.Client.PostAsync("/", new StringContent("""{"user_input":"Hello"}""", System.Text.Encoding.UTF8, "application/json"));
        stranger.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
