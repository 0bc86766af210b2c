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
        services.AddSingleton<IStartTask, CheckMasterKey>();
    }

    public static void MapEndpoints(IEndpointRouteBuilder routes)
    {
    }
}
