using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Platform.Modules;

/// <summary>The modules of this house in the order they were added. Holds what the migrator and the endpoint table need of each.</summary>
public sealed class ModuleList
{
    private readonly List<Entry> entries = [];

    private sealed record Entry(string Name, Assembly Assembly, Action<IServiceCollection> AddServices, Action<IEndpointRouteBuilder> MapEndpoints);

    /// <summary>Who has schema files: the platform itself, then the modules.</summary>
    public IEnumerable<(string Name, Assembly Assembly)> Schemas => Modules.Prepend(("platform", typeof(ModuleList).Assembly));

    public IEnumerable<(string Name, Assembly Assembly)> Modules => entries.Select(entry => (entry.Name, entry.Assembly));

    public ModuleList Add<TModule>() where TModule : IModule
    {
        entries.Add(new Entry(TModule.Name, typeof(TModule).Assembly, TModule.AddServices, TModule.MapEndpoints));
        return this;
    }

    public void AddServices(IServiceCollection services)
    {
        foreach (var entry in entries)
            entry.AddServices(services);
    }

    public void MapEndpoints(IEndpointRouteBuilder routes)
    {
        foreach (var entry in entries)
            entry.MapEndpoints(routes);
    }
}
