using Xunit.v3;

namespace Atrium;

/// <summary>Names the promises (docs/promises.md) that a test keeps, e.g. <c>[Keeps("Z-030", "Z-031")]</c>.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
internal sealed class KeepsAttribute(params string[] ids) : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() =>
        [.. ids.Select(id => KeyValuePair.Create("Keeps", id))];
}
