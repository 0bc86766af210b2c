using Microsoft.Extensions.AI;
using static Atrium.Ai.Tests.Connections;

namespace Atrium.Ai.Tests;

[Keeps("Z-037")]
public sealed class OfflineLiteTests
{
    // Friday, 20 November 2026, 12:00 UTC.
    private static readonly ManualClock Clock = new();

    [Theory]
    [InlineData("2 + 3 * 4", "2 + 3 * 4 = **14**")]
    [InlineData("What is (2+3)*4?", "(2+3)*4 = **20**")]
    [InlineData("0.1 + 0.2", "0.1 + 0.2 = **0.3**")]
    [InlineData("2^10", "2^10 = **1,024**")]
    [InlineData("2 ** 3 ** 2", "2 ** 3 ** 2 = **512**")]
    [InlineData("-2^2", "-2^2 = **-4**")]
    [InlineData("1/3", "1/3 ≈ **0.3333333333**")]
    [InlineData("15% of 80", "15% of 80 = **12**")]
    [InlineData("200 + 10%", "200 + 10% = **220**")]
    [InlineData("200 - 15% - 10", "200 - 15% - 10 = **160**")]
    [InlineData("10 % 3", "10 % 3 = **1**")]
    [InlineData("17 mod 5", "17 mod 5 = **2**")]
    [InlineData("5!", "5! = **120**")]
    [InlineData("sqrt 2", "sqrt 2 ≈ **1.4142135624**")]
    [InlineData("√16", "√16 = **4**")]
    [InlineData("square root of 81", "square root of 81 = **9**")]
    [InlineData("max(3, 7, 5)", "max(3, 7, 5) = **7**")]
    [InlineData("round(2.5) + floor(-1.5)", "round(2.5) + floor(-1.5) = **1**")]
    [InlineData("sin(30°)", "sin(30°) ≈ **0.5**")]
    [InlineData("2(3+4)", "2(3+4) = **14**")]
    [InlineData("2 pi", "2 pi ≈ **6.2831853072**")]
    [InlineData("1,234.5 * 2", "1,234.5 * 2 = **2,469**")]
    [InlineData("3 x 4", "3 x 4 = **12**")]
    [InlineData("twelve", null)]
    [InlineData("seven times eight", null)]
    [InlineData("6 times 7", "6 times 7 = **42**")]
    [InlineData("10 divided by 4", "10 divided by 4 = **2.5**")]
    [InlineData("7 squared", "7 squared = **49**")]
    [InlineData("1e3 + 1", "1e3 + 1 = **1,001**")]
    [InlineData("2^1000", "2^1000 ≈ **1.07150860719E+301**")]
    [InlineData("10^30 / 10^28", "10^30 / 10^28 ≈ **100**")]
    [InlineData("1/0", "Division by zero has no result.")]
    [InlineData("5 mod 0", "Division by zero has no result.")]
    [InlineData("sqrt(-1)", "That has no real result.")]
    [InlineData("10^1000 * 10^1000", "The result is too large for me.")]
    [InlineData("(((((1+1", null)]
    [InlineData("2 +", null)]
    [InlineData("42", null)]
    public async Task Calculates(string question, string? answer) => await AnswersAsync(question, answer);

    [Theory]
    [InlineData("5 km in miles", "5 km ≈ **3.106856 mi**")]
    [InlineData("1 mile to km", "1 mile = **1.609344 km**")]
    [InlineData("100 F to C", "100 f ≈ **37.77778 °C**")]
    [InlineData("0 °C in °F", "0 °c = **32 °F**")]
    [InlineData("-40 C to F", "-40 c = **-40 °F**")]
    [InlineData("12 in in cm", "12 in = **30.48 cm**")]
    [InlineData("5 ft 3 in to cm", "5 ft 3 in = **160.02 cm**")]
    [InlineData("how many grams in 2 pounds", "2 pounds ≈ **907.1847 g**")]
    [InlineData("2 GB in MiB", "2 gb ≈ **1,907.349 MiB**")]
    [InlineData("100 Mbit to MB", "100 mbit = **12.5 MB**")]
    [InlineData("90 km/h in m/s", "90 km/h = **25 m/s**")]
    [InlineData("60 mph to km/h", "60 mph = **96.56064 km/h**")]
    [InlineData("3 hours in minutes", "3 hours = **180 min**")]
    [InlineData("2 cups in ml", "2 cups ≈ **473.1765 ml**")]
    [InlineData("(2+3) kg in g", "(2+3) kg = **5,000 g**")]
    [InlineData("5 km in kg", "km and kg do not measure the same thing.")]
    public async Task Converts_units(string question, string answer) => await AnswersAsync(question, answer);

    [Theory]
    [InlineData("days until 24 December", "**34 days** until Thursday, 24 December 2026.")]
    [InlineData("How many days until christmas?", "**35 days** until Friday, 25 December 2026.")]
    [InlineData("days until today", "It is today: Friday, 20 November 2026.")]
    [InlineData("days until 29 February", "**466 days** until Tuesday, 29 February 2028.")]
    [InlineData("days since 1 January 2026", "**323 days** since Thursday, 1 January 2026.")]
    [InlineData("days between 2026-01-01 and 2026-12-31", "**364 days** from Thursday, 1 January 2026 to Thursday, 31 December 2026.")]
    [InlineData("what day is 2027-03-01", "2027-03-01: **Monday, 1 March 2027**.")]
    [InlineData("what day of the week was May 1st, 2000?", "may 1st, 2000: **Monday, 1 May 2000**.")]
    [InlineData("what day is 31 April", "There is no such date.")]
    [InlineData("in 90 days", "in 90 days: **Thursday, 18 February 2027**.")]
    [InlineData("2 months from 2026-12-31", "2 months from 2026-12-31: **Sunday, 28 February 2027**.")]
    [InlineData("3 weeks ago", "3 weeks ago: **Friday, 30 October 2026**.")]
    [InlineData("in 999999 years", "There is no such date.")]
    [InlineData("what is the date", "Today is **Friday, 20 November 2026**.")]
    [InlineData("2027-03-01", "2027-03-01: **Monday, 1 March 2027**.")]
    [InlineData("3/4/2027", "3/4/2027: **Thursday, 4 March 2027**.")]
    public async Task Knows_dates(string question, string answer) => await AnswersAsync(question, answer);

    [Theory]
    [InlineData("what time is it", "It is **12:00** on Friday, 20 November 2026 (UTC).")]
    [InlineData("time in Tokyo", "In Tokyo it is **21:00** on Friday, 20 November 2026 (UTC+09:00).")]
    [InlineData("What time is it in new york?", "In New York it is **07:00** on Friday, 20 November 2026 (UTC-05:00).")]
    [InlineData("15:00 Lisbon in New York", "15:00 in Lisbon is **10:00** in New York (Friday, 20 November 2026).")]
    [InlineData("11pm tokyo to los angeles", "23:00 in Tokyo is **06:00** in Los Angeles (Friday, 20 November 2026).")]
    [InlineData("9:30 in Hanoi", "09:30 in UTC is **16:30** in Hanoi (Friday, 20 November 2026).")]
    [InlineData("time in Atlantis", "I do not know the time zone of \"Atlantis\". Try a large city near it.")]
    public async Task Knows_time_zones(string question, string answer) => await AnswersAsync(question, answer);

    [Theory]
    [InlineData("es", "¿Cuánto es 1.234,5 + 1?", "1.234,5 + 1 = **1.235,5**")]
    [InlineData("es", "15% de 80", "15% de 80 = **12**")]
    [InlineData("es", "3 por 4", "3 por 4 = **12**")]
    [InlineData("es", "5 km en millas", "5 km ≈ **3,106856 mi**")]
    [InlineData("es", "días hasta el 24 de diciembre", "Faltan **34 días** para el jueves, 24 de diciembre de 2026.")]
    [InlineData("es", "¿Qué día es 1/3/2027?", "1/3/2027: **lunes, 1 de marzo de 2027**.")]
    [InlineData("es", "en 90 días", "en 90 dias: **jueves, 18 de febrero de 2027**.")]
    [InlineData("es", "¿qué hora es en Tokio?", "En Tokio son las **21:00** del viernes, 20 de noviembre de 2026 (UTC+09:00).")]
    [InlineData("vi", "3 nhân 4", "3 nhan 4 = **12**")]
    [InlineData("vi", "5 km sang dặm", "5 km ≈ **3,106856 mi**")]
    [InlineData("vi", "còn bao nhiêu ngày đến 24 tháng 12", "Còn **34 ngày** nữa đến Thứ Năm, ngày 24 tháng 12 năm 2026.")]
    [InlineData("vi", "1/3/2027 là thứ mấy?", "1/3/2027: **Thứ Hai, ngày 1 tháng 3 năm 2027**.")]
    [InlineData("vi", "90 ngày nữa", "90 ngay nua: **Thứ Năm, ngày 18 tháng 2 năm 2027**.")]
    [InlineData("vi", "mấy giờ ở Tokyo", "Ở Tokyo bây giờ là **21:00**, Thứ Sáu, ngày 20 tháng 11 năm 2026 (UTC+09:00).")]
    public async Task Speaks_the_language_that_is_asked_for(string language, string question, string answer) =>
        await AnswersAsync(question, answer, language);

    [Theory]
    [InlineData("en", "help", "not an AI model")]
    [InlineData("es", "¡Hola!", "no un modelo de IA")]
    [InlineData("vi", "xin chào", "không phải mô hình AI")]
    [InlineData("fr", "hello", "not an AI model")]
    public async Task Says_what_it_is(string language, string question, string words) =>
        (await AskAsync(question, new OfflineLiteOptions { Language = language })).ShouldContain(words);

    [Fact]
    public async Task Quotes_the_persons_own_words_with_their_source()
    {
        var options = new OfflineLiteOptions
        {
            Search = (question, _) => Task.FromResult<IReadOnlyList<Passage>>(
                [new Passage("Trip [2026]", $"{new string('x', 300)} the ferry to Cát Bà leaves at nine {new string('y', 300)}", "/conversations/1"), new Passage("Bad", "ferry", "javascript:alert(1)")]),
        };

        var answer = await new OfflineLite(Clock, options).GetResponseAsync("When does the ferry leave?", cancellationToken: Cancellation);

        answer.Text.ShouldContain("the ferry to Cát Bà leaves at nine");
        answer.Text.ShouldContain("[Trip \\[2026\\]](</conversations/1>)");
        answer.Text.ShouldContain("not an AI model");
        answer.Text.ShouldNotContain("javascript:");
        answer.Messages[0].Contents.SelectMany(content => content.Annotations ?? []).OfType<CitationAnnotation>()
            .Select(citation => citation.Url?.OriginalString).ShouldBe(["/conversations/1", null]);
    }

    [Fact]
    public async Task Searches_nothing_in_shared_places()
    {
        var options = new OfflineLiteOptions { IsRestricted = true, Search = (_, _) => throw new InvalidOperationException("searched") };

        (await AskAsync("where is the contract", options)).ShouldContain("In shared places");
        (await AskAsync("2 + 2", options)).ShouldContain("**4**");
        (await AskAsync("days until 24 December", options)).ShouldContain("34 days");
    }

    [Fact]
    public async Task Says_so_when_nothing_is_found()
    {
        var options = new OfflineLiteOptions { Search = (_, _) => Task.FromResult<IReadOnlyList<Passage>>([]) };

        (await AskAsync("quantum of solace", options)).ShouldContain("I found nothing about that");
    }

    [Fact]
    public async Task Streams_word_by_word_the_same_text()
    {
        var client = new OfflineLite(Clock, new OfflineLiteOptions());

        var updates = await client.GetStreamingResponseAsync("help", cancellationToken: Cancellation).ToListAsync(Cancellation);

        updates.Count.ShouldBeGreaterThan(50);
        updates.ToChatResponse().Text.ShouldBe((await client.GetResponseAsync("help", cancellationToken: Cancellation)).Text);
        updates[^1].FinishReason.ShouldBe(ChatFinishReason.Stop);
    }

    [Theory]
    [InlineData("((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((1))))")]
    [InlineData("--------------------------------------------------------------------------------------------------------1")]
    [InlineData("1111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111111+1")]
    [InlineData("9999999999999999999999999999!!!!!!!!!")]
    [InlineData("\ud800 km in \udc00 miles")]
    [InlineData("days until 99999999999999999999")]
    [InlineData("in 999999999999999999 days")]
    [InlineData("99:99 Tokyo in Lisbon")]
    [InlineData("1e999 + 1e999")]
    [InlineData("0^-1")]
    [InlineData("1 km km km km in in in in km")]
    public async Task Answers_nonsense_without_failing(string question) =>
        (await AskAsync(question, new OfflineLiteOptions())).ShouldNotBeEmpty();

    [Fact]
    public async Task Reads_a_huge_question_quickly_enough_to_answer() =>
        (await AskAsync(string.Concat(Enumerable.Repeat("1+(2*", 200_000)), new OfflineLiteOptions())).ShouldContain("not an AI model");

    private static async Task AnswersAsync(string question, string? answer, string language = "en")
    {
        var text = await AskAsync(question, new OfflineLiteOptions { Language = language });
        if (answer is null)
            text.ShouldContain("not an AI model");
        else
            text.ShouldBe(answer);
    }

    private static async Task<string> AskAsync(string question, OfflineLiteOptions options) =>
        (await new OfflineLite(Clock, options).GetResponseAsync(question, cancellationToken: Cancellation)).Text;
}
