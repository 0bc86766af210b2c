using Atrium.Contracts.Vault;
using Atrium.Platform.Lifecycle;
using Atrium.Platform.Modules;
using Atrium.Vault.Keys;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Vault;

public sealed class VaultModule : IModule
{
    public static string Name => "vault";

    public static void AddServices(IServiceCollection services)
    {
        services.AddSingleton<MasterKey>().AddSingleton<KeyRing>().AddSingleton<ISealer, Sealer>();
        services.AddSingleton<OpenMasterKey>().AddSingleton<RotateMasterKey>();
        services.AddSingleton<IStartTask>(provider => provider.GetRequiredService<OpenMasterKey>());
    }

    /// <summary>Changes the master key; the house may be running. Called again after an interruption it goes on.</summary>
    /// <returns>How many people's keys were wrapped anew.</returns>
    /// <exception cref="StartRefusedException">Today's master key is missing or wrong.</exception>
    /// <exception cref="InvalidOperationException">The next key is not set, or is the one in force.</exception>
    public static Task<int> RotateMasterKeyAsync(IServiceProvider services, CancellationToken cancellation) =>
        services.GetRequiredService<RotateMasterKey>().RunAsync(cancellation);

    public static void MapEndpoints(IEndpointRouteBuilder routes)
    {
    }
}
