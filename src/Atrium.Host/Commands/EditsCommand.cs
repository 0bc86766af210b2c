using System.CommandLine;
using System.Text;
using Atrium.Edits;

namespace Atrium.Host.Commands;

/// <summary><c>edits apply --jsonl</c>: edits in and results out, one JSON object a line.</summary>
internal static class EditsCommand
{
    private const int BufferSize = 1 << 16;

    public static Command Create()
    {
        var jsonLines = new Option<bool>("--jsonl") { Description = "Read one JSON object a line from standard input and write one a line to standard output." };
        var apply = new Command("apply", "Apply model-made edits to texts.") { jsonLines };
        apply.Validators.Add(result =>
        {
            if (result.GetResult(jsonLines) is not { Implicit: false })
                result.AddError("Say --jsonl: edits come as JSON Lines on standard input.");
        });
        apply.SetAction(ApplyAsync);
        return new Command("edits", "The edit engine.") { apply };
    }

    private static async Task<int> ApplyAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using var input = new StreamReader(Console.OpenStandardInput(), encoding, detectEncodingFromByteOrderMarks: true, BufferSize);
        await using var output = new StreamWriter(Console.OpenStandardOutput(), encoding, BufferSize);
        var count = await JsonLinesApplier.RunAsync(input, output, cancellation);
        await Console.Error.WriteLineAsync($"{count} edits answered.");
        return 0;
    }
}
