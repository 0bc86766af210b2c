using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Atrium.Simulators;
using Atrium.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Gateway.Tests;

/// <summary>Two simulated providers and, per engine, a house that may reach them. Everything the houses write to standard error is kept.</summary>
public sealed class GatewayHouses : IAsyncLifetime
{
    private static readonly KeptText Log = new();

    private readonly Dictionary<DatabaseEngine, TestHouse> houses = [];
    private readonly SemaphoreSlim gate = new(1);

    static GatewayHouses() => Console.SetError(Log);

    public SimulatorHost First { get; private set; } = null!;

    public SimulatorHost Second { get; private set; } = null!;

    public static string LogText => Log.ToString();

    public async ValueTask InitializeAsync()
    {
        First = await SimulatorHost.StartAsync();
        Second = await SimulatorHost.StartAsync();
    }

    public async Task<TestHouse> OnAsync(DatabaseEngine engine)
    {
        await gate.WaitAsync();
        try
        {
            if (!houses.TryGetValue(engine, out var house))
                houses[engine] = house = await TestHouse.StartAsync(engine, Settings, FastTimeouts);
            return house;
        }
        finally
        {
            gate.Release();
        }
    }

    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["ATRIUM_PRIVATE_HOSTS"] = $"{First.Address.Authority},{Second.Address.Authority}",
        ["LOG_LEVEL"] = "debug",
    };

    /// <summary>The engine's waits, short enough for faults that are silence.</summary>
    public static void FastTimeouts(IServiceCollection services) =>
        services.AddSingleton(new ProviderTimeouts { FirstByte = TimeSpan.FromSeconds(5), Silence = TimeSpan.FromSeconds(5), Retries = 1, LongestRetryWait = TimeSpan.FromSeconds(2) });

    public async ValueTask DisposeAsync()
    {
        foreach (var house in houses.Values)
            await house.DisposeAsync();
        await First.DisposeAsync();
        await Second.DisposeAsync();
        gate.Dispose();
    }

    /// <summary>Several houses write while a test reads.</summary>
    private sealed class KeptText : TextWriter
    {
        private readonly Lock gate = new();
        private readonly StringBuilder text = new();

        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value)
        {
            lock (gate)
                text.Append(value);
        }

        public override void Write(string? value)
        {
            lock (gate)
                text.Append(value);
        }

        public override string ToString()
        {
            lock (gate)
                return text.ToString();
        }
    }
}

/// <summary>What tests say to a house.</summary>
internal static class Talk
{
    private static int count;

    /// <summary>A key nobody else has, recognisable wherever it appears.</summary>
    public static string NewKey() => $"canary-{Interlocked.Increment(ref count)}-{Guid.CreateVersion7():N}";

    public static async Task<JsonElement> ChooseAsync(this TestPerson person, object request)
    {
        using var response = await person.Client.PutAsJsonAsync("/api/user/ai-provider", request);
        var body = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(body);
        return JsonDocument.Parse(body).RootElement;
    }

    /// <summary>Chooses the simulator under a provider's name.</summary>
    public static Task<JsonElement> ChooseAsync(this TestPerson person, SimulatorHost simulator, string provider = "openai", string? model = null, string? key = null) =>
        person.ChooseAsync(new { provider, model, apiKey = key ?? NewKey(), baseUrl = simulator.OpenAiBaseUrl });

    public static async Task<JsonElement> GetAsync(this TestPerson person, string path)
    {
        using var response = await person.Client.GetAsync(path);
        var body = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue(body);
        return JsonDocument.Parse(body).RootElement;
    }

    public static async Task<(int Status, JsonElement Body)> SendAsync(this TestPerson person, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is string text ? new StringContent(text, Encoding.UTF8, "application/json") : body is null ? null : JsonContent.Create(body) };
        using var response = await person.Client.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, answer.Length == 0 ? default : JsonDocument.Parse(answer).RootElement);
    }

    public static ChatCall Call(TestPerson person, string text, string? model = null, string? persona = null, bool fallback = true) => new()
    {
        PersonId = person.Id,
        Module = "tests",
        Feature = "answer",
        Model = model,
        Persona = persona,
        Messages = [new ChatMessage(ChatRole.System, "You are terse."), new ChatMessage(ChatRole.User, text)],
        AllowsFallback = fallback,
    };

    public static async Task<List<ChatEvent>> AskAsync(this TestHouse house, ChatCall call, CancellationToken cancellation = default)
    {
        await using var scope = house.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IChatGateway>().StreamAsync(call, cancellation).ToListAsync(CancellationToken.None);
    }

    /// <summary>Keeps what came before a failure.</summary>
    public static async Task HearAsync(this TestHouse house, ChatCall call, List<ChatEvent> heard)
    {
        await using var scope = house.Services.CreateAsyncScope();
        await foreach (var happening in scope.ServiceProvider.GetRequiredService<IChatGateway>().StreamAsync(call, default))
            heard.Add(happening);
    }

    public static Task<List<ChatEvent>> AskAsync(this TestHouse house, TestPerson person, string text) => house.AskAsync(Call(person, text));

    public static string Text(this IEnumerable<ChatEvent> events) =>
        string.Concat(events.OfType<ChatUpdated>().SelectMany(update => update.Update.Contents.OfType<TextContent>()).Select(content => content.Text));

    public static string KeyOf(RecordedRequest request) => request.Headers["Authorization"]["Bearer ".Length..];
}
