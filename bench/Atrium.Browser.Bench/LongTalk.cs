namespace Atrium.Browser.Bench;

/// <summary>Questions and answers as people have them about code: prose, a list, a table now and then, and a block of code each time.</summary>
internal static class LongTalk
{
    private static readonly string[] Topics = ["the kiln's cooling curve", "the price list", "the shift plan", "the glaze recipes", "the shelf loads", "the open day"];

    public static string Question(int number) =>
        $"Question {number + 1}: how would you write {Topics[number % Topics.Length]} as code, and what changes when there are {number % 9 + 2} of them? Keep what we said before.";

    public static string Answer(int number) =>
        $"""
        For **{Topics[number % Topics.Length]}** the step number {number + 1} is to keep the data apart from what is drawn of it. In short:

        - read the rows once, and keep them sorted by time;
        - give every row a name of its own, such as `row_{number}`;
        - write nothing back before all of them were checked.

        {Table(number)}{Code(number)}

        Run it with `--dry-run` first. If row {number % 17} is refused, the sum in column {number % 5 + 1} is the first thing to look at: it must be *exactly* the sum of the parts.
        """;

    private static string Table(int number) => number % 4 != 0
        ? ""
        : $"""
          | step | hours | degrees |
          |---|---:|---:|
          | warm | {number % 7 + 1} | 600 |
          | hold | {number % 3 + 1} | 1,225 |
          | cool | {number % 11 + 2} | 800 |


          """;

    private static string Code(int number) => (number % 3) switch
    {
        0 => $$"""
            ```python schedule_{{number}}.py
            from dataclasses import dataclass

            @dataclass(frozen=True)
            class Segment:
                target: int        # degrees
                per_hour: int = 80
                hold: int = {{number % 13}}

            SCHEDULE = [
            {{Lines(number, line => $"    Segment({600 + line * 25}, per_hour={80 + line}),   # step {line + 1}")}}
            ]

            def hours(schedule):
                return sum(segment.target / segment.per_hour for segment in schedule)
            ```
            """,
        1 => $$"""
            ```typescript
            interface Row { id: string; amount: number; at: Date }

            export function total{{number}}(rows: readonly Row[]): number {
              const known = new Map(rows.map((row) => [row.id, row]));
            {{Lines(number, line => $"  if (known.has('row-{line}')) console.log(`row {line}: ${{known.get('row-{line}')?.amount ?? 0}}`);")}}
              return [...known.values()].reduce((sum, { amount }) => sum + amount, 0);
            }
            ```
            """,
        _ => $$"""
            ```csharp
            public static decimal Total{{number}}(IReadOnlyList<Row> rows)
            {
            {{Lines(number, line => $"    if (rows[{line}].Amount < 0m) throw new ArgumentException(\"Row {line} is below zero.\", nameof(rows));")}}
                return rows.Sum(row => row.Amount);
            }
            ```
            """,
    };

    private static string Lines(int number, Func<int, string> line) => string.Join('\n', Enumerable.Range(0, 8 + number % 18).Select(line));
}
