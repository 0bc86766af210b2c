using System.Net;
using System.Net.WebSockets;
using Atrium.Platform.Security;
using Atrium.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Atrium.Platform.Tests.Security;

/// <summary>A small server with endpoints that heed a cancelled request and endpoints that do not.</summary>
public sealed class OpenRequestsTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly OpenRequests requests = new();
    private readonly Guid session = Guid.CreateVersion7(DateTimeOffset.UnixEpoch);
    private readonly TaskCompletionSource isOpen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int port = TestHouse.FreePort();
    private readonly Guid person = Guid.CreateVersion7();
    private readonly HttpClient client = new();
    private WebApplication app = null!;

    public async ValueTask InitializeAsync()
    {
        app = WebApplication.CreateSlimBuilder().Build();
        app.UseWebSockets();
        app.Use((context, next) =>
        {
            if (context.Request.Path != "/stranger")
                context.User = new Caller(person, session, "somebody", Roles.User).ToPrincipal("test");
            return next(context);
        });
        app.Use(requests.InvokeAsync);
        app.MapGet("/heeds", async (HttpContext context) =>
        {
            isOpen.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });
        app.MapGet("/deaf", async (HttpContext context) =>
        {
            await context.Response.Body.FlushAsync();
            isOpen.SetResult();
            await release.Task;
        });
        app.MapGet("/stranger", async () =>
        {
            isOpen.SetResult();
            await release.Task;
            return "done";
        });
        app.MapGet("/quick", () => "done");
        app.MapGet("/socket", async (HttpContext context) =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            isOpen.SetResult();
            await socket.ReceiveAsync(new byte[1], CancellationToken.None);
        });
        app.Urls.Add($"http://127.0.0.1:{port}");
        await app.StartAsync();
        client.BaseAddress = new Uri($"http://127.0.0.1:{port}");
    }

    public async ValueTask DisposeAsync()
    {
        release.TrySetResult();
        client.Dispose();
        await app.DisposeAsync();
    }

    private void End() => requests.End(new HashSet<Guid> { session });

    [Fact]
    public async Task A_request_that_heeds_is_answered_that_its_sign_in_has_ended()
    {
        var asked = client.GetAsync("/heeds");
        await isOpen.Task;

        End();

        using var answer = await asked.WaitAsync(Patience);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        requests.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task A_person_who_is_shut_out_ends_with_all_they_have_open()
    {
        var asked = client.GetAsync("/heeds");
        await isOpen.Task;

        requests.End(new HashSet<Guid> { person });

        using var answer = await asked.WaitAsync(Patience);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task One_that_does_not_heed_loses_its_connection_at_the_next_call()
    {
        using var answer = await client.GetAsync("/deaf", HttpCompletionOption.ResponseHeadersRead);
        await isOpen.Task;
        var read = answer.Content.ReadAsByteArrayAsync();

        End();
        read.IsCompleted.ShouldBeFalse();
        requests.End(new HashSet<Guid>());

        await Should.ThrowAsync<HttpRequestException>(() => read.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_socket_is_closed_whatever_its_endpoint_waits_for()
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/socket"), CancellationToken.None);
        await isOpen.Task;
        var received = socket.ReceiveAsync(new byte[1], CancellationToken.None);

        End();
        requests.End(new HashSet<Guid>());

        await Should.ThrowAsync<WebSocketException>(() => received.WaitAsync(Patience));
    }

    [Fact]
    public async Task Other_sessions_strangers_and_what_is_over_are_left_alone()
    {
        (await client.GetStringAsync("/quick")).ShouldBe("done");
        var asked = client.GetStringAsync("/stranger");
        await isOpen.Task;

        End();
        End();
        requests.End(new HashSet<Guid> { Guid.Empty });
        (await client.GetStringAsync("/quick")).ShouldBe("done");
        release.SetResult();

        (await asked.WaitAsync(Patience)).ShouldBe("done");
    }
}
