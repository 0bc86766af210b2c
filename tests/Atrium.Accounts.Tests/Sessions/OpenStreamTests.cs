using Atrium.Testing;

namespace Atrium.Accounts.Tests.Sessions;

/// <summary>What a session has open when it ends.</summary>
[Keeps("Z-015")]
public sealed class OpenStreamTests(HousePair houses) : IClassFixture<HousePair>
{
    /// <summary>Far beyond the second that is promised: only a hang fails here, the bench measures.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const string NewPassword = "another horse, another battery";

    public static TheoryData<DatabaseEngine> Postgres => TwoServers.Engine;

    [Theory, BothEngines]
    public async Task Ends_when_the_session_is_ended_from_another_one(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var other = await SignInAsync(house, house, person);
        await using var stream = await OpenStreamAsync(other);

        (await person.Client.DeleteAsync("/api/sessions").OutcomeAsync()).ShouldBe("204");

        await stream.EndAsync(Patience);
        (await person.Client.GetAsync("/api/me").OutcomeAsync()).ShouldBe("200");
    }

    [Theory, BothEngines]
    [Asvs("7.4.1")]
    public async Task Ends_at_sign_out(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        await using var stream = await OpenStreamAsync(person);

        (await person.Client.PostAsync("/api/logout", null).OutcomeAsync()).ShouldBe("204");

        await stream.EndAsync(Patience);
    }

    [Theory, BothEngines]
    public async Task Ends_at_a_changed_password_but_not_where_it_was_changed(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var other = await SignInAsync(house, house, person);
        await using var here = await OpenStreamAsync(person);
        await using var there = await OpenStreamAsync(other);

        (await person.Client.PostAsync("/api/me/password", new { currentPassword = TestHouse.Password, newPassword = NewPassword }).OutcomeAsync()).ShouldBe("204");

        await there.EndAsync(Patience);
        here.HasEnded.ShouldBeFalse();
    }

    [Theory, BothEngines]
    public async Task A_request_that_ends_its_own_session_is_answered(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var id = (await person.Client.GetAsync("/api/sessions").JsonAsync()).GetProperty("items")[0].GetProperty("id").GetGuid();

        (await person.Client.DeleteAsync($"/api/sessions/{id}").OutcomeAsync()).ShouldBe("204");
        (await person.Client.GetAsync("/api/me").OutcomeAsync()).ShouldBe("401 sign-in-required");
    }

    [Theory, MemberData(nameof(Postgres))]
    public async Task Ends_on_the_other_server_of_the_house_too(DatabaseEngine engine)
    {
        await using var servers = await TwoServers.StartAsync(engine);
        var person = await servers.First.PersonAsync();
        var there = await SignInAsync(servers.First, servers.Second, person);
        await using var stream = await OpenStreamAsync(there);

        (await person.Client.DeleteAsync("/api/sessions").OutcomeAsync()).ShouldBe("204");

        await stream.EndAsync(Patience);
        (await there.Client.GetAsync("/api/me").OutcomeAsync()).ShouldBe("401 sign-in-required");
    }

    private static async Task<TestPerson> SignInAsync(TestHouse house, TestHouse where, TestPerson person)
    {
        var session = await house.Client.PostAsync("/api/login", new { username = person.Username, password = TestHouse.Password }).JsonAsync();
        return where.WithToken(session.GetProperty("token").GetString()!, person.Id, person.Username);
    }

    /// <summary>An answer that waits for the person's own browser: its stream stays open until somebody ends it.</summary>
    private static async Task<OpenStream> OpenStreamAsync(TestPerson person)
    {
        var conversation = (await person.Client.PostAsync("/api/conversations", new { title = "open" }).JsonAsync()).GetProperty("id").GetGuid();
        (await person.Client.PostAsync($"/api/conversations/{conversation}/messages", new { text = "wait", browser = new { model = "small" } }).OutcomeAsync()).ShouldBe("202");
        var answer = await person.Client.GetAsync($"/api/conversations/{conversation}/stream", HttpCompletionOption.ResponseHeadersRead);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("text/event-stream");
        return new OpenStream(answer, await answer.Content.ReadAsStreamAsync());
    }

    private sealed class OpenStream : IAsyncDisposable
    {
        private readonly HttpResponseMessage answer;
        private readonly Task ended;

        public OpenStream(HttpResponseMessage answer, Stream content)
        {
            this.answer = answer;
            ended = ReadToEndAsync(content);
        }

        public bool HasEnded => ended.IsCompleted;

        public Task EndAsync(TimeSpan patience) => ended.WaitAsync(patience);

        public ValueTask DisposeAsync()
        {
            answer.Dispose();
            return ValueTask.CompletedTask;
        }

        private static async Task ReadToEndAsync(Stream content)
        {
            var buffer = new byte[1024];
            try
            {
                while (await content.ReadAsync(buffer) > 0)
                {
                }
            }
            catch (IOException)
            {
                // A closed connection is an end too.
            }
        }
    }
}
