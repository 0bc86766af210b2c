using System.Globalization;
using System.Text;

namespace Atrium.Laughter.Network;

/// <summary>
/// The classes of YAMNet that matter here, by index, and a reader for the official class map
/// (<c>index,mid,display_name</c>), whose names may be quoted and hold commas.
/// </summary>
public static class ClassMap
{
    /// <summary>First of the laughter classes (13 to 18).</summary>
    public const int FirstLaughter = 13;

    /// <summary>Last of the laughter classes (13 to 18).</summary>
    public const int LastLaughter = 18;

    /// <summary>"Crying, sobbing".</summary>
    public const int Crying = 19;

    /// <summary>"Baby cry, infant cry".</summary>
    public const int BabyCry = 20;

    /// <summary>"Silence".</summary>
    public const int Silence = 494;

    /// <summary>"Sine wave".</summary>
    public const int SineWave = 495;

    /// <summary>"White noise".</summary>
    public const int WhiteNoise = 514;

    /// <summary>"Television".</summary>
    public const int Television = 518;

    /// <summary>"Radio".</summary>
    public const int Radio = 519;

    private static readonly string[] LaughterNames =
        ["Laughter", "Baby laughter", "Giggle", "Snicker", "Belly laugh", "Chuckle, chortle"];

    /// <summary>The name of a laughter class.</summary>
    /// <param name="index">13 to 18.</param>
    public static string LaughterName(int index) => LaughterNames[index - FirstLaughter];

    /// <summary>Reads an official class map: the name of each of the 521 classes.</summary>
    /// <exception cref="ModelException">The map is damaged, incomplete, or of another model.</exception>
    public static string[] Read(TextReader source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.ReadLine()?.TrimStart('\uFEFF') != "index,mid,display_name")
            throw Malformed("its heading is missing");
        var names = new string[Yamnet.Classes];
        for (var index = 0; index < names.Length; index++)
        {
            var fields = Fields(source.ReadLine() ?? throw Malformed($"it ends before class {index}"));
            if (fields.Count != 3 || !int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number != index)
                throw Malformed($"the line of class {index} is wrong");
            names[index] = fields[2];
        }

        for (var index = FirstLaughter; index <= LastLaughter; index++)
        {
            if (names[index] != LaughterName(index))
                throw Malformed($"class {index} is not {LaughterName(index)}, so it belongs to another model");
        }

        return names;
    }

    private static List<string> Fields(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
                field.Append(line[++i]);
            else if (line[i] == '"')
                quoted = !quoted;
            else if (line[i] == ',' && !quoted)
                Finish(fields, field);
            else
                field.Append(line[i]);
        }

        Finish(fields, field);
        return quoted ? [] : fields;
    }

    private static void Finish(List<string> fields, StringBuilder field)
    {
        fields.Add(field.ToString());
        field.Clear();
    }

    private static ModelException Malformed(string why) => new("malformed", $"The class map cannot be used: {why}.");
}
