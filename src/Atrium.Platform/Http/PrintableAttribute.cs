using System.ComponentModel.DataAnnotations;

namespace Atrium.Platform.Http;

/// <summary>A text of one line that people see in lists: no control characters, which break lines and which PostgreSQL refuses (NUL).</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class PrintableAttribute() : ValidationAttribute("This has characters that cannot be part of it.")
{
    public override bool IsValid(object? value) => value is not string text || !text.Any(char.IsControl);
}
