using System.Globalization;
using System.Numerics;

namespace Atrium.Ai.Offline;

/// <summary>
/// Calculates an expression: + − × ÷ mod, powers, brackets, percent (200 + 10 % is 220), factorials, degrees, functions and constants.
/// It works in decimals, so that 0.1 + 0.2 is 0.3, and again in doubles when these overflow.
/// </summary>
/// <typeparam name="T">The kind of number.</typeparam>
internal sealed class Expression<T>(string text, NumberText numbers)
    where T : struct, INumber<T>
{
    private const int DeepestNesting = 60;

    private int _at;
    private int _depth;
    private bool _hasFailed;

    /// <summary>True when the result comes from real functions and is rounded.</summary>
    public bool IsRounded { get; private set; }

    /// <summary>True when there was something to calculate, not just a number.</summary>
    public bool HasOperation { get; private set; }

    /// <summary>The value of the whole text; null when it is not an expression.</summary>
    /// <exception cref="DivideByZeroException">It divides by zero.</exception>
    /// <exception cref="OverflowException">A number does not fit <typeparamref name="T"/>.</exception>
    public T? Evaluate()
    {
        var value = Sum();
        return _hasFailed || Peek() != '\0' ? null : value;
    }

    private T Sum()
    {
        if (++_depth > DeepestNesting)
            return Fail();
        var (left, _) = Product();
        while (!_hasFailed && Peek() is '+' or '-' or '−')
        {
            var isPlus = Next() == '+';
            HasOperation = true;
            var (right, isPercent) = Product();
            // "200 + 10 %" means ten percent of the 200.
            var change = isPercent ? left * right : right;
            left = isPlus ? left + change : left - change;
        }
        _depth--;
        return left;
    }

    private (T Value, bool IsPercent) Product()
    {
        var (left, isPercent) = Unary();
        while (!_hasFailed)
        {
            if (Take("mod"))
                left %= NotZero(Factor());
            else if (Peek() is '*' or '×' or '·')
                left *= FactorAfterSign();
            else if (Take("x"))
                left *= Factor();
            else if (Peek() is '/' or '÷')
                left = Divide(left, FactorAfterSign());
            else if (Peek() is '(' or '√' || char.IsAsciiLetter(Peek()))
                left *= Factor();
            else
                break;
            HasOperation = true;
            isPercent = false;
        }
        return (left, isPercent);
    }

    private T Factor() => Unary().Value;

    private T FactorAfterSign()
    {
        _at++;
        return Factor();
    }

    private (T Value, bool IsPercent) Unary()
    {
        if (Peek() is '-' or '−' or '+')
        {
            var isMinus = Next() != '+';
            if (++_depth > DeepestNesting)
                return (Fail(), false);
            var (value, isPercent) = Unary();
            _depth--;
            return (isMinus ? -value : value, isPercent);
        }
        return Power();
    }

    private (T Value, bool IsPercent) Power()
    {
        var (value, isPercent) = Postfix();
        if (Peek() == '^' || text.AsSpan(_at).StartsWith("**"))
        {
            _at += Peek() == '^' ? 1 : 2;
            HasOperation = true;
            return (Raise(value, Factor()), false);
        }
        return (value, isPercent);
    }

    private (T Value, bool IsPercent) Postfix()
    {
        var value = Primary();
        var isPercent = false;
        while (!_hasFailed && Peek() is '!' or '°' or '%')
        {
            var sign = Next();
            HasOperation = true;
            isPercent = sign == '%' && !IsOperand(Peek());
            value = sign switch
            {
                '!' => Factorial(value),
                '°' => Real(Math.PI / 180 * double.CreateChecked(value)),
                // "10 % 3" is a remainder, "10 %" and "10 % * 3" are percentages.
                _ => isPercent ? value / T.CreateChecked(100) : value % NotZero(Primary()),
            };
        }
        return (value, isPercent);
    }

    private static bool IsOperand(char letter) => char.IsAsciiDigit(letter) || letter == '(';

    private T Primary()
    {
        var letter = Peek();
        if (letter == '(')
        {
            _at++;
            var value = Sum();
            return Next() == ')' ? value : Fail();
        }
        if (letter == '√')
        {
            _at++;
            HasOperation = true;
            return Real(Math.Sqrt(double.CreateChecked(Primary())));
        }
        var length = numbers.Length(text.AsSpan(_at));
        if (length == 0)
            return Named();
        var number = numbers.Invariant(text.AsSpan(_at, length));
        _at += length;
        return T.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private T Named()
    {
        var start = _at;
        while (_at < text.Length && char.IsAsciiLetterOrDigit(text[_at]))
            _at++;
        var name = text[start.._at];
        if (name is "pi" or "tau" or "e")
            return Real(name switch { "pi" => Math.PI, "tau" => Math.Tau, _ => Math.E });
        if (!Functions.Known(name))
            return Fail();
        HasOperation = true;
        var arguments = Peek() == '(' ? Arguments() : [Power().Value];
        if (_hasFailed)
            return T.Zero;
        if (Functions.Exact(name, arguments) is { } exact)
            return exact;
        return arguments.Count == 1 ? Real(Functions.Real(name, double.CreateChecked(arguments[0]))) : Fail();
    }

    private List<T> Arguments()
    {
        var arguments = new List<T>();
        do
        {
            _at++;
            arguments.Add(Sum());
        }
        while (!_hasFailed && Peek() is ',' or ';');
        if (Next() != ')')
            Fail();
        return arguments;
    }

    private T Real(double value)
    {
        // The root of 16 is exactly 4.
        IsRounded |= value != Math.Floor(value);
        return double.IsFinite(value) ? T.CreateChecked(value) : throw new ArithmeticException("There is no real result.");
    }

    private T Raise(T value, T exponent)
    {
        if (!T.IsInteger(exponent) || T.Abs(exponent) > T.CreateChecked(1000))
            return Real(Math.Pow(double.CreateChecked(value), double.CreateChecked(exponent)));
        var result = T.One;
        for (var i = int.CreateChecked(T.Abs(exponent)); i > 0; i--)
            result *= value;
        return T.IsNegative(exponent) ? Divide(T.One, result) : result;
    }

    private T Factorial(T value)
    {
        if (!T.IsInteger(value) || T.IsNegative(value) || value > T.CreateChecked(170))
            throw new ArithmeticException("There is no real result.");
        var result = T.One;
        for (var i = int.CreateChecked(value); i > 1; i--)
            result *= T.CreateChecked(i);
        return result;
    }

    private static T Divide(T left, T right) => left / NotZero(right);

    private static T NotZero(T value) => T.IsZero(value) ? throw new DivideByZeroException() : value;

    private bool Take(string word)
    {
        var rest = text.AsSpan(_at).TrimStart();
        if (!rest.StartsWith(word, StringComparison.Ordinal) || (rest.Length > word.Length && char.IsAsciiLetter(rest[word.Length])))
            return false;
        _at = text.Length - rest.Length + word.Length;
        return true;
    }

    private char Peek()
    {
        while (_at < text.Length && text[_at] == ' ')
            _at++;
        return _at < text.Length ? text[_at] : '\0';
    }

    private char Next()
    {
        var letter = Peek();
        _at += letter == '\0' ? 0 : 1;
        return letter;
    }

    private T Fail()
    {
        _hasFailed = true;
        return T.Zero;
    }
}
