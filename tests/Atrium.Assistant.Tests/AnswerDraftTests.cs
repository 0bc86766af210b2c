using Atrium.Assistant.Answers;
using Atrium.Assistant.Messages;

namespace Atrium.Assistant.Tests;

public sealed class AnswerDraftTests
{
    [Fact]
    public void Pieces_read_from_any_position_rebuild_the_parts()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            MessagePart[] before = round % 3 == 0 ? [new TextPart("Before")] : [];
            var draft = new AnswerDraft(before);
            for (var step = random.Next(1, 12); step > 0; step--)
                Append(draft, random, step);
            var copy = new AnswerDraft(before);
            var most = random.Next(2, 20);
            for (var position = 0L; draft.Read(position, most) is { } piece; position = piece.To)
            {
                piece.From.ShouldBe(position);
                if (piece.Kind is PieceKind.Text or PieceKind.Reasoning)
                    copy.AppendText(piece.Kind, piece.Text, 0).Offset.ShouldBe(piece.Offset);
                else
                    copy.AppendTool(piece.Kind, StoredJson.Read<ToolPart>(piece.Text)!);
            }

            copy.Position.ShouldBe(draft.Position);
            copy.ToParts().ShouldBe(draft.ToParts(), $"round {round}");
        }
    }

    [Fact]
    public void A_position_inside_a_letter_reads_the_whole_letter()
    {
        var draft = new AnswerDraft([]);
        draft.AppendText(PieceKind.Text, "a👍b", 0);

        draft.Read(2, 100)!.Text.ShouldBe("👍b");
        draft.Read(0, 2)!.Text.ShouldBe("a");
        draft.Read(4, 100).ShouldBeNull();
        draft.Read(400, 100).ShouldBeNull();
    }

    [Fact]
    public void What_continues_a_text_grows_its_last_part()
    {
        var draft = new AnswerDraft([new TextPart("One")]);

        draft.AppendText(PieceKind.Text, ", two", 0).Offset.ShouldBe(3);
        draft.AppendText(PieceKind.Text, ", three", 0).Offset.ShouldBe(8);

        draft.ToParts().ShouldBe([new TextPart("One, two, three")]);
        draft.Position.ShouldBe(12);
    }

    private static void Append(AnswerDraft draft, Random random, int step)
    {
        switch (random.Next(5))
        {
            case 0:
                draft.AppendTool(PieceKind.Tool, new ToolPart($"c{step}", "search", "{}"));
                draft.AppendTool(PieceKind.ToolResult, new ToolPart($"c{step}", "", "", "found"));
                break;
            case 1:
                draft.AppendText(PieceKind.Reasoning, "thinking 👍", 0);
                break;
            default:
                draft.AppendText(PieceKind.Text, new string((char)('a' + step), random.Next(1, 30)) + "👩‍🚀", 0);
                break;
        }
    }
}
