namespace Atrium.Ai.Offline;

/// <summary>A unit: value in base unit = value × Factor + Offset.</summary>
/// <param name="Symbol">What to write.</param>
/// <param name="Dimension">What it measures; only units of one dimension convert.</param>
/// <param name="Factor">Base units in one of it.</param>
/// <param name="Offset">Where its zero lies, in base units.</param>
internal sealed record Unit(string Symbol, string Dimension, double Factor, double Offset = 0)
{
    private static readonly Dictionary<string, Unit> ByName = Build();

    /// <summary>The unit of a plain name or symbol, or null.</summary>
    public static Unit? Find(string name) =>
        ByName.GetValueOrDefault(name) ?? (name.StartsWith('°') ? ByName.GetValueOrDefault(name[1..]) : null);

    private static Dictionary<string, Unit> Build()
    {
        var units = new Dictionary<string, Unit>(StringComparer.Ordinal);
        Length(units);
        MassAndTemperature(units);
        Volume(units);
        SpeedAndTime(units);
        Data(units);
        return units;
    }

    private static void Length(Dictionary<string, Unit> units)
    {
        const string dimension = "length";
        Add(units, new("mm", dimension, 0.001), "mm millimeter millimeters millimetre millimetres milimetro milimetros milimet");
        Add(units, new("cm", dimension, 0.01), "cm centimeter centimeters centimetre centimetres centimetro centimetros centimet");
        Add(units, new("m", dimension, 1), "m meter meters metre metres metro metros met");
        Add(units, new("km", dimension, 1000), "km kilometer kilometers kilometre kilometres kilometro kilometros kilomet ki-lo-met", "cay so");
        Add(units, new("in", dimension, 0.0254), "in inch inches pulgada pulgadas \"");
        Add(units, new("ft", dimension, 0.3048), "ft foot feet pie pies '");
        Add(units, new("yd", dimension, 0.9144), "yd yard yards yarda yardas");
        Add(units, new("mi", dimension, 1609.344), "mi mile miles milla millas dam");
        Add(units, new("nmi", dimension, 1852), "nmi", "nautical mile", "nautical miles", "milla nautica", "millas nauticas", "hai ly");
    }

    private static void MassAndTemperature(Dictionary<string, Unit> units)
    {
        const string mass = "mass";
        Add(units, new("mg", mass, 0.001), "mg milligram milligrams miligramo miligramos miligam");
        Add(units, new("g", mass, 1), "g gram grams gramo gramos gam");
        Add(units, new("kg", mass, 1000), "kg kilo kilos kilogram kilograms kilogramo kilogramos kilogam ky can");
        Add(units, new("t", mass, 1_000_000), "t ton tons tonne tonnes tonelada toneladas tan");
        Add(units, new("oz", mass, 28.349523125), "oz ounce ounces onza onzas");
        Add(units, new("lb", mass, 453.59237), "lb lbs pound pounds libra libras");
        Add(units, new("st", mass, 6350.29318), "st stone stones");
        const string temperature = "temperature";
        Add(units, new("°C", temperature, 1, 273.15), "c celsius", "degrees celsius", "degree celsius", "grados celsius", "do c");
        Add(units, new("°F", temperature, 5d / 9, 273.15 - (32 * 5d / 9)), "f fahrenheit", "degrees fahrenheit", "degree fahrenheit", "grados fahrenheit", "do f");
        Add(units, new("K", temperature, 1), "k kelvin kelvins");
    }

    private static void Volume(Dictionary<string, Unit> units)
    {
        const string dimension = "volume";
        Add(units, new("ml", dimension, 0.001), "ml milliliter milliliters millilitre millilitres mililitro mililitros mililit");
        Add(units, new("cl", dimension, 0.01), "cl centiliter centiliters centilitro centilitros");
        Add(units, new("l", dimension, 1), "l liter liters litre litres litro litros lit");
        Add(units, new("m³", dimension, 1000), "m3 m³", "cubic meter", "cubic meters", "cubic metres", "metro cubico", "metros cubicos", "met khoi");
        Add(units, new("tsp", dimension, 0.00492892159375), "tsp teaspoon teaspoons cucharadita cucharaditas");
        Add(units, new("tbsp", dimension, 0.01478676478125), "tbsp tablespoon tablespoons cucharada cucharadas");
        Add(units, new("fl oz", dimension, 0.0295735295625), "floz", "fl oz", "fluid ounce", "fluid ounces");
        Add(units, new("cup", dimension, 0.2365882365), "cup cups taza tazas");
        Add(units, new("pt", dimension, 0.473176473), "pt pint pints pinta pintas");
        Add(units, new("qt", dimension, 0.946352946), "qt quart quarts");
        Add(units, new("gal", dimension, 3.785411784), "gal gallon gallons galon galones");
    }

    private static void SpeedAndTime(Dictionary<string, Unit> units)
    {
        const string speed = "speed";
        Add(units, new("m/s", speed, 1), "m/s mps", "meters per second", "metres per second", "metros por segundo");
        Add(units, new("km/h", speed, 1 / 3.6), "km/h kmh kph", "kilometers per hour", "kilometres per hour", "kilometros por hora");
        Add(units, new("mph", speed, 0.44704), "mph mi/h", "miles per hour", "millas por hora");
        Add(units, new("kn", speed, 1852d / 3600), "kn kt knot knots nudo nudos");
        const string time = "time";
        Add(units, new("ms", time, 0.001), "ms millisecond milliseconds milisegundo milisegundos");
        Add(units, new("s", time, 1), "s sec second seconds segundo segundos giay");
        Add(units, new("min", time, 60), "min mins minute minutes minuto minutos phut");
        Add(units, new("h", time, 3600), "h hr hrs hour hours hora horas gio tieng");
        Add(units, new("d", time, 86_400), "d day days dia dias ngay");
        Add(units, new("wk", time, 604_800), "wk week weeks semana semanas tuan");
        Add(units, new("yr", time, 31_557_600), "yr year years ano anos nam");
    }

    private static void Data(Dictionary<string, Unit> units)
    {
        const string dimension = "data";
        Add(units, new("bit", dimension, 0.125), "bit bits");
        Add(units, new("B", dimension, 1), "b byte bytes");
        string[] decimals = ["k", "m", "g", "t", "p"];
        string[] names = ["kilo", "mega", "giga", "tera", "peta"];
        for (var i = 0; i < decimals.Length; i++)
        {
            var prefix = i == 0 ? "k" : decimals[i].ToUpperInvariant();
            Add(units, new(prefix + "B", dimension, Math.Pow(1000, i + 1)), $"{decimals[i]}b {names[i]}byte {names[i]}bytes");
            Add(units, new(prefix + "bit", dimension, Math.Pow(1000, i + 1) / 8), $"{decimals[i]}bit {names[i]}bit {names[i]}bits");
            Add(units, new(decimals[i].ToUpperInvariant() + "iB", dimension, Math.Pow(1024, i + 1)), $"{decimals[i]}ib");
        }
    }

    private static void Add(Dictionary<string, Unit> units, Unit unit, string names, params string[] phrases)
    {
        foreach (var name in names.Split(' ').Concat(phrases))
            units[name] = unit;
    }
}
