using Atrium.Gateway.Chat;
using Atrium.Platform.Modules;

namespace Atrium.Gateway.DefaultModels;

/// <summary>What a model can be set for in this house: its personas, and those of its modules that ask models.</summary>
internal sealed class ModelUses(PersonaModels personas, ModuleList modules)
{
    private static readonly string[] Asking = ["assistant", "builder", "coder", "community", "giggles"];

    public IReadOnlyList<string> All { get; } =
    [
        .. personas.Keys.Select(key => key.Persona).Distinct().Order(StringComparer.Ordinal),
        .. Asking.Intersect(modules.Schemas.Select(module => module.Name)),
    ];
}
