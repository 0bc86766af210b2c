using Atrium.Simulators;

namespace Atrium.Ai.Tests;

/// <summary>A simulator of its own for each test class instance.</summary>
public abstract class SimulatorTest : IAsyncLifetime
{
    private SimulatorHost? _simulator;

    private protected SimulatorHost Simulator => _simulator ?? throw new InvalidOperationException("Not started.");

    public async ValueTask InitializeAsync() => _simulator = await SimulatorHost.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_simulator is not null)
            await _simulator.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
