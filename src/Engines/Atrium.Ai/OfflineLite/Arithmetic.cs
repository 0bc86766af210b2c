using System.Text.RegularExpressions;

namespace Atrium.Ai.Offline;

/// <summary>Answers sums and conversions of units.</summary>
internal sealed partial class Arithmetic(Phrases phrases)
{
    private const int LongestExpression = 500;

    /// <summary>Words for signs, as plain text, in the three languages; longer ones first.</summary>
    private static readonly (Regex Words, string Sign)[] Signs =
    [
        (Word("square root of|raiz cuadrada de|can bac hai cua|can bac hai"), " sqrt "),
        (Word("to the power of|elevado a la|elevado a|luy thua|mu"), "^"),
        (Word("squared|al cuadrado|binh phuong"), "^2"),
        (Word("cubed|al cubo|lap phuong"), "^3"),
        (Word("percent|por ciento|phan tram"), "%"),
        (Word("multiplied by|multiplicado por|nhan voi|times|nhan"), "*"),
        (Word("divided by|dividido entre|dividido por|chia cho|chia|over|entre"), "/"),
        (Word("plus|mas|cong"), "+"),
        (Word("minus|menos|tru"), "-"),
        (Word("of|de|cua|por"), "*"),
    ];

    private readonly UnitConversion _units = new(phrases);

    /// <summary>The answer, or null when the question is no calculation.</summary>
    /// <param name="plain">The question as plain text.</param>
    public string? Answer(string plain)
    {
        if (plain.Length is 0 or > LongestExpression)
            return null;
        var question = Lead().Replace(plain, "").Trim();
        question = Tail().Replace(question, "").Trim();
        return _units.Answer(question, Value) ?? Calculate(question);
    }

    private string? Calculate(string question)
    {
        var expression = Signed(question);
        try
        {
            return InDecimals(question, expression) ?? InDoubles(question, expression);
        }
        catch (DivideByZeroException)
        {
            return phrases.DivisionByZero;
        }
        catch (ArithmeticException)
        {
            return phrases.NoRealResult;
        }
    }

    /// <summary>The value of a part of a question such as "2 + 3" in "2 + 3 km in miles"; null when it is none.</summary>
    private double? Value(string text)
    {
        try
        {
            return new Expression<double>(Signed(text), phrases.Numbers).Evaluate();
        }
        catch (ArithmeticException)
        {
            return null;
        }
    }

    private string? InDecimals(string question, string text)
    {
        try
        {
            var expression = new Expression<decimal>(text, phrases.Numbers);
            if (expression.Evaluate() is not { } value || !expression.HasOperation)
                return null;
            var isExact = !expression.IsRounded && Math.Round(value, 10) == value;
            // What is not zero must not look like it.
            return value != 0 && Math.Abs(value) < 1e-9m ? null : Equation(question, isExact, phrases.Numbers.Write(value));
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private string? InDoubles(string question, string text)
    {
        var expression = new Expression<double>(text, phrases.Numbers);
        if (expression.Evaluate() is not { } value || !expression.HasOperation)
            return null;
        return double.IsFinite(value) ? Equation(question, isExact: false, phrases.Numbers.Write(value)) : phrases.TooLarge;
    }

    private static string Equation(string question, bool isExact, string value) => $"{question} {(isExact ? "=" : "≈")} **{value}**";

    private static string Signed(string question)
    {
        foreach (var (words, sign) in Signs)
            question = words.Replace(question, sign);
        return question;
    }

    private static Regex Word(string alternatives) =>
        new($@"(?:(?<=[0-9)%! ])|^)(?:{alternatives})(?=[0-9( √]|\z)", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    [GeneratedRegex("^(?:please |por favor,? )?(?:what is|what's|whats|how much is|how much are|calculate|compute|solve|convert|cuanto es|cuanto son|cuanto vale|calcula|calcular|convierte|convertir|tinh|tinh giup|doi|chuyen) ", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Lead();

    [GeneratedRegex("(?: equals| es igual a| bang bao nhieu| la bao nhieu| bang may)\\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Tail();
}
