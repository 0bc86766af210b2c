namespace Atrium.Simulators;

/// <summary>Texts to answer with.</summary>
internal static class Samples
{
    /// <summary>A picture of one pixel.</summary>
    public const string OnePixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    public const string Markdown = """
        ## A heading

        Some *emphasis*, `code`, a [link](https://example.org) and a formula: $e^{i\pi} + 1 = 0$.

        | language | hello |
        |---|---|
        | English | hello |
        | Español | ¡hola! |
        | Tiếng Việt | xin chào |

        ```csharp
        Console.WriteLine("Hello, 世界 👋");
        ```

        1. first
        2. second
        """;

    private static readonly string[] Filler =
        "the house by the river has many rooms and in each of them somebody keeps a lamp a book and a question worth asking".Split(' ');

    public static string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(i => Filler[i % Filler.Length]));
}
