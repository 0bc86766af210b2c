using System.Globalization;

namespace Atrium.Platform.Configuration;

/// <summary>What an operator may set: for documentation, <c>.env.example</c> and error messages.</summary>
/// <param name="Default">As it would be written in the environment; empty when there is none.</param>
public sealed record SettingDefinition(string Name, string Default, string Description, bool IsSecret);

/// <summary>Reads settings one by one, keeps going after an error so that all are reported at once, and never repeats a value in a message.</summary>
internal sealed class SettingReader(IReadOnlyDictionary<string, string> values)
{
    private readonly List<SettingDefinition> definitions = [];
    private readonly List<string> errors = [];

    public IReadOnlyList<SettingDefinition> Definitions => definitions;

    public IReadOnlyList<string> Errors => errors;

    public void Refuse(string name, string reason) => errors.Add($"{name} {reason}");

    public string? Text(string name, string? fallback, string description, bool isSecret = false)
    {
        definitions.Add(new SettingDefinition(name, fallback ?? "", description, isSecret));
        return values.TryGetValue(name, out var value) && value.Length > 0 ? value : fallback;
    }

    /// <summary>A value that is no setting of its own: another setting names it.</summary>
    public string? Given(string name) => values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public int Integer(string name, int fallback, int least, int most, string description)
    {
        var text = Text(name, fallback.ToString(CultureInfo.InvariantCulture), description)!;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        Refuse(name, $"must be a whole number from {least} to {most}.");
        return fallback;
    }

    public bool Switch(string name, bool fallback, string description)
    {
        switch (Text(name, fallback ? "true" : "false", description)!.ToLowerInvariant())
        {
            case "true" or "1" or "yes" or "on":
                return true;
            case "false" or "0" or "no" or "off":
                return false;
            default:
                Refuse(name, "must be true or false.");
                return fallback;
        }
    }

    public T Choice<T>(string name, T fallback, string description) where T : struct, Enum
    {
        var text = Text(name, fallback.ToString().ToLowerInvariant(), description)!;
        if (!char.IsAsciiDigit(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var choice) && Enum.IsDefined(choice))
            return choice;
        Refuse(name, $"must be one of: {string.Join(", ", Enum.GetNames<T>().Select(option => option.ToLowerInvariant()))}.");
        return fallback;
    }

    /// <summary>Reads a value with a rule of its own.</summary>
    /// <param name="parse">Throws <see cref="FormatException"/>, whose message follows the setting's name: "must be …".</param>
    public T Parsed<T>(string name, string? fallback, string description, Func<string?, T> parse, bool isSecret = false)
    {
        var text = Text(name, fallback, description, isSecret);
        try
        {
            return parse(text);
        }
        catch (FormatException exception)
        {
            Refuse(name, exception.Message);
            return parse(fallback);
        }
    }
}
