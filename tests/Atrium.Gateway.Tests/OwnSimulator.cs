using Atrium.Simulators;
using Atrium.Testing;

namespace Atrium.Gateway.Tests;

/// <summary>A house and a simulator of a class's own, whose queued replies nobody else takes.</summary>
public sealed class OwnSimulator : IAsyncLifetime
{
    public SimulatorHost Simulator { get; private set; } = null!;

    public TestHouse House { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Simulator = await SimulatorHost.StartAsync();
        House = await TestHouse.StartAsync(DatabaseEngine.Sqlite, new Dictionary<string, string> { ["ATRIUM_PRIVATE_HOSTS"] = Simulator.Address.Authority });
    }

    public async ValueTask DisposeAsync()
    {
        await House.DisposeAsync();
        await Simulator.DisposeAsync();
    }
}
