namespace Atrium.Edits.Text;

/// <summary>What belongs to a word in the languages that are edited.</summary>
internal static class Words
{
    public static bool IsPart(char character) => char.IsLetterOrDigit(character) || character == '_';
}
