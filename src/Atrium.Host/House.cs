using Atrium.Accounts;
using Atrium.Assistant;
using Atrium.Gateway;
using Atrium.Operations;
using Atrium.Platform.Configuration;
using Atrium.Platform.Http;
using Atrium.Platform.Modules;
using Atrium.Platform.Security;
using Atrium.Vault;

namespace Atrium.Host;

/// <summary>Puts the house together: the list of modules and the order in which they are added.</summary>
public static class House
{
    public static ModuleList Modules() => new ModuleList()
        .Add<VaultModule>()
        .Add<AccountsModule>()
        .Add<GatewayModule>()
        .Add<AssistantModule>()
        .Add<OperationsModule>();

    /// <param name="replace">Lets tests put a clock or a seam in place before the defaults.</param>
    public static WebApplication Build(HouseSettings settings, Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = "atrium",
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = settings.Environment.ToString(),
        });
        var modules = Modules();
        replace?.Invoke(builder.Services);
        builder.AddPlatform(settings, modules);
        modules.AddServices(builder.Services);
        var app = builder.Build();
        app.UsePlatform();
        modules.MapEndpoints(app);
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous().WithLimit(LimitClass.Exempt);
        app.MapOldPages();
        return app;
    }
}
