using Atrium.Operations.Audit;
using Atrium.Operations.Health;
using Atrium.Operations.Proxy;
using Atrium.Platform.Modules;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Operations;

public sealed class OperationsModule : IModule
{
    public static string Name => "operations";

    public static void AddServices(IServiceCollection services) => services.AddValidation();

    public static void MapEndpoints(IEndpointRouteBuilder routes)
    {
        GetLiveness.Map(routes);
        GetReadiness.Map(routes);
        GetHealth.Map(routes);
        GetStatus.Map(routes);
        ReadDocs.Map(routes);
        CheckProxy.Map(routes);
        CheckProxyStream.Map(routes);
        ListAudit.Map(routes);
        ExportAudit.Map(routes);
    }
}
