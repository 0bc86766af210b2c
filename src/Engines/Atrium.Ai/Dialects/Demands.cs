using System.Text.Json;

namespace Atrium.Ai;

/// <summary>Fields that change what an answer is, not only how good: where a dialect has none such the call is refused, never answered without.</summary>
internal static class Demands
{
    public static readonly IReadOnlySet<string> None = new HashSet<string>();

    /// <summary>All of them, by their names at OpenAI.</summary>
    public static readonly IReadOnlySet<string> OpenAi = new HashSet<string>(StringComparer.Ordinal) { "logprobs", "top_logprobs", "logit_bias", "web_search_options" };

    public static readonly IReadOnlySet<string> Logprobs = new HashSet<string>(StringComparer.Ordinal) { "logprobs", "top_logprobs" };

    /// <exception cref="ProviderException"><see cref="ProviderErrorKind.Unsupported"/>, with the field.</exception>
    public static void Check(ProviderCall call, IDialect dialect)
    {
        foreach (var (name, value) in call.Options.AdditionalProperties ?? [])
        {
            var isForeign = name.StartsWith(RequestKeys.AnthropicField, StringComparison.Ordinal) && !dialect.TakesAnthropicFields;
            if (isForeign || (OpenAi.Contains(name) && !dialect.Demands.Contains(name) && IsMeant(value)))
            {
                var field = isForeign ? name[RequestKeys.AnthropicField.Length..] : name;
                throw ProviderException.Unsupported(call.Provider, $"it has no '{field}'", field);
            }
        }
    }

    private static bool IsMeant(object? value) => value switch
    {
        null or false => false,
        JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.False } => false,
        JsonElement { ValueKind: JsonValueKind.Number } number => !number.TryGetInt32(out var count) || count != 0,
        JsonElement { ValueKind: JsonValueKind.Object } map => map.EnumerateObject().Any(),
        _ => true,
    };
}
