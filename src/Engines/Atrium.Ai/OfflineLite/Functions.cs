using System.Numerics;

namespace Atrium.Ai.Offline;

/// <summary>The functions an expression may use.</summary>
internal static class Functions
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "abs", "round", "floor", "ceil", "min", "max", "sum", "avg",
        "sqrt", "cbrt", "ln", "log", "log2", "exp", "sin", "cos", "tan", "asin", "acos", "atan",
    };

    public static bool Known(string name) => Names.Contains(name);

    /// <summary>The result of a function that stays exact; null for the others and for a wrong number of arguments.</summary>
    public static T? Exact<T>(string name, IReadOnlyList<T> arguments)
        where T : struct, INumber<T> => (name, arguments.Count) switch
        {
            ("abs", 1) => T.Abs(arguments[0]),
            ("floor", 1) => Floor(arguments[0]),
            ("ceil", 1) => -Floor(-arguments[0]),
            ("round", 1) => Floor(arguments[0] + (T.One / T.CreateChecked(2))),
            ("min", > 0) => arguments.Min(),
            ("max", > 0) => arguments.Max(),
            ("sum", > 0) => arguments.Aggregate((left, right) => left + right),
            ("avg", > 0) => arguments.Aggregate((left, right) => left + right) / T.CreateChecked(arguments.Count),
            _ => null,
        };

    /// <summary>The result of a real function; not a number where there is none. Angles are in radians, <c>log</c> is to base ten.</summary>
    public static double Real(string name, double value) => name switch
    {
        "sqrt" => Math.Sqrt(value),
        "cbrt" => Math.Cbrt(value),
        "ln" => Math.Log(value),
        "log" => Math.Log10(value),
        "log2" => Math.Log2(value),
        "exp" => Math.Exp(value),
        "sin" => Angle(Math.Sin(value)),
        "cos" => Angle(Math.Cos(value)),
        "tan" => Angle(Math.Tan(value)),
        "asin" => Math.Asin(value),
        "acos" => Math.Acos(value),
        "atan" => Math.Atan(value),
        _ => double.NaN,
    };

    /// <summary>Pi is not exact in a double, so the last digits of its sine are noise.</summary>
    private static double Angle(double value) => Math.Round(value, 15);

    private static T Floor<T>(T value)
        where T : struct, INumber<T>
    {
        var remainder = value % T.One;
        return T.IsZero(remainder) ? value : value - remainder - (T.IsNegative(value) ? T.One : T.Zero);
    }
}
