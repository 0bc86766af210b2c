using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Platform.Modules;

/// <summary>One business area. The type is its table of contents: what it registers and which endpoints it has.</summary>
public interface IModule
{
    /// <summary>The module's one word, lower case: table prefix, schema owner, front-end folder.</summary>
    static abstract string Name { get; }

    static abstract void AddServices(IServiceCollection services);

    static abstract void MapEndpoints(IEndpointRouteBuilder routes);
}
