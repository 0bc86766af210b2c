using Atrium.Edits.Text;

namespace Atrium.Edits.Matching;

/// <summary>Splits a block at its <c>...</c> lines into pieces that are edited each for itself.</summary>
internal static class Elision
{
    /// <summary>The pieces of both texts, pairwise; null when the dots do not pair up or a piece is missing on one side.</summary>
    public static List<(string Old, string New)>? Split(string old, string @new)
    {
        var (oldPieces, newPieces) = (Pieces(old), Pieces(@new));
        if (oldPieces.Count < 2 || oldPieces.Count != newPieces.Count)
            return null;
        var pairs = oldPieces.Zip(newPieces).ToList();
        if (pairs.Any(pair => LineBlock.Of(pair.First).IsBlank && !LineBlock.Of(pair.Second).IsBlank))
            return null;
        return [.. pairs.Where(pair => !LineBlock.Of(pair.First).IsBlank)];
    }

    private static List<string> Pieces(string text)
    {
        var pieces = new List<string> { "" };
        foreach (var line in LineBlock.Of(text).Lines)
        {
            if (Placeholder.IsElision(line))
                pieces.Add("");
            else
                pieces[^1] += line + "\n";
        }

        return pieces;
    }
}
