using Xunit.v3;

namespace Atrium;

/// <summary>Names the requirements of OWASP ASVS 5.0 that a test checks, e.g. <c>[Asvs("7.4.1")]</c>. docs/security.md is made from these.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class, AllowMultiple = true)]
internal sealed class AsvsAttribute(params string[] ids) : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() =>
        [.. ids.Select(id => KeyValuePair.Create("Asvs", id))];
}
