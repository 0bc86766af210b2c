using Atrium.Contracts.Gateway;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Assistant.Tests;

/// <summary>A house per engine whose models are scripted by the test.</summary>
public sealed class AssistantHouses : IAsyncDisposable
{
    private readonly Dictionary<DatabaseEngine, TestHouse> houses = [];
    private readonly SemaphoreSlim gate = new(1);

    internal ScriptedGateway Gateway { get; } = new();

    internal async Task<TestHouse> OnAsync(DatabaseEngine engine)
    {
        await gate.WaitAsync();
        try
        {
            if (!houses.TryGetValue(engine, out var house))
                houses[engine] = house = await StartAsync(engine);
            return house;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>A house of its own, for tests that restart it or move its clock.</summary>
    internal Task<TestHouse> StartAsync(DatabaseEngine engine, TimeProvider? clock = null, IReadOnlyDictionary<string, string>? settings = null) =>
        TestHouse.StartAsync(engine, settings, services =>
        {
            services.AddSingleton<IChatGateway>(Gateway);
            if (clock is not null)
                services.AddSingleton(clock);
        });

    public async ValueTask DisposeAsync()
    {
        foreach (var house in houses.Values)
            await house.DisposeAsync();
        gate.Dispose();
    }
}
