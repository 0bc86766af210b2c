using System.Net;
using System.Text;
using Atrium.Assistant.Attachments;
using Atrium.Testing;
using Microsoft.Extensions.AI;

namespace Atrium.Assistant.Tests;

public sealed class AttachmentTests(AssistantHouses houses) : IClassFixture<AssistantHouses>
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

    public static TheoryData<string, string?> Contents() => new()
    {
        { "89504E470D0A1A0A00", "image/png" },
        { "FFD8FFE000", "image/jpeg" },
        { "474946383961", "image/gif" },
        { "474946383761", "image/gif" },
        { "474946383861", "text/plain" },
        { "52494646FFFFFFFF57454250", "image/webp" },
        { "52494646FFFFFFFF41564920", null },
        { Convert.ToHexString("%PDF-1.7"u8), "application/pdf" },
        { Convert.ToHexString("plain\r\n\ttext, 👍"u8), "text/plain" },
        { Convert.ToHexString("<p>markup is text</p>"u8), "text/plain" },
        { Convert.ToHexString("<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"u8), null },
        { Convert.ToHexString("\uFEFF  <?xml version='1.0'?><!-- x --><SVG/>"u8), null },
        { Convert.ToHexString("MZ\0\0"u8), null },
        { "FF00FF00", null },
        { "C328", null },
        { "1F8B08", null },
        { "", null },
    };

    [Theory, MemberData(nameof(Contents))]
    [Asvs("1.3.3")]
    public void Bytes_say_what_they_are(string bytes, string? mediaType) => ContentSniffer.Sniff(Convert.FromHexString(bytes)).ShouldBe(mediaType);

    [Theory]
    [InlineData("report.pdf", "report.pdf")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\Users\\me\\notes.txt", "notes.txt")]
    [InlineData("evil\u202Egpj.exe", "evilgpj.exe")]
    [InlineData("a\r\nSet-Cookie: x=1.txt", "aSet-Cookie_ x=1.txt")]
    [InlineData("\"><script>.png", "___script_.png")]
    [InlineData("...", "file")]
    [InlineData("", "file")]
    [InlineData(null, "file")]
    [InlineData("ảnh đẹp 👍.jpg", "ảnh đẹp 👍.jpg")]
    [Asvs("5.4.2")]
    public void Names_are_made_safe(string? given, string expected) => FileName.Clean(given).ShouldBe(expected);

    [Fact]
    public void A_long_name_keeps_its_extension()
    {
        var name = FileName.Clean(new string('a', 500) + ".markdown");

        name.Length.ShouldBe(FileName.Length);
        name.ShouldEndWith(".markdown");
    }

    [Theory, BothEngines]
    public async Task A_picture_and_a_text_are_kept_sealed_shown_again_and_sent_to_the_model(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var picture = (await person.UploadAsync(Png, "holiday.exe", "text/html")).Json;
        var text = (await person.UploadAsync("canary words in a file"u8.ToArray(), "../notes.txt")).Json;
        picture.Text("mediaType").ShouldBe("image/png");
        picture.GetProperty("size").GetInt64().ShouldBe(Png.Length);
        text.Text("name").ShouldBe("notes.txt");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(house.DataFolder, "files"), "*", SearchOption.AllDirectories))
            Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)).ShouldNotContain("canary words");

        var conversation = await person.NewConversationAsync();
        await person.PostAsync(conversation, new { text = "", attachments = new[] { picture.GetProperty("id").GetGuid(), text.GetProperty("id").GetGuid() } });
        var call = await houses.Gateway.NextAsync();
        call.Route("offline", "lite").Say("A picture.").End();

        var contents = call.Call.Messages[1].Contents;
        contents.OfType<DataContent>().Single().ShouldSatisfyAllConditions(
            data => data.MediaType.ShouldBe("image/png"),
            data => data.Data.ToArray().ShouldBe(Png));
        contents.OfType<TextContent>().Single().Text.ShouldContain("canary words in a file");
        (await person.MessagesAsync(conversation))[0].GetProperty("parts").EnumerateArray().Select(part => part.Text("type")).ShouldBe(["image", "file"]);
        (await person.ConversationAsync(conversation)).Text("title").ShouldBe("holiday.exe");
        using var shown = await person.Client.GetAsync($"/api/attachments/{picture.Text("id")}");
        (await shown.Content.ReadAsByteArrayAsync()).ShouldBe(Png);
        shown.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        shown.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("inline");
        shown.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        using var saved = await person.Client.GetAsync($"/api/attachments/{text.Text("id")}");
        saved.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        saved.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
    }

    [Fact]
    public async Task What_is_no_picture_pdf_or_text_or_is_too_large_is_refused()
    {
        await using var house = await houses.StartAsync(DatabaseEngine.Sqlite, settings: new Dictionary<string, string> { ["MAX_UPLOAD_SIZE"] = "2048" });
        var person = await house.PersonAsync();

        (await person.UploadAsync("<svg/>"u8.ToArray(), "a.svg", "image/svg+xml")).Code.ShouldBe("unsupported-file");
        (await person.UploadAsync([], "a.txt")).Fields.ShouldBe(["file"]);
        (await person.UploadAsync(new byte[2048], "a.bin")).Code.ShouldBe("unsupported-file");
        (await person.UploadAsync([.. Enumerable.Repeat((byte)'a', 2049)], "a.txt")).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await person.UploadAsync([.. Enumerable.Repeat((byte)'a', 2048)], "a.txt")).Status.ShouldBe(HttpStatusCode.Created);
        (await person.UploadAsync(new byte[1024 * 1024], "a.txt")).Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await person.SendAsync(HttpMethod.Post, "/api/attachments", new MultipartFormDataContent { { new StringContent("x"), "other" } })).Fields.ShouldBe(["file"]);
        ((int)(await person.SendAsync(HttpMethod.Post, "/api/attachments", "{}")).Status).ShouldBeInRange(400, 499);
    }

    [Theory, BothEngines]
    public async Task A_file_stays_with_its_first_conversation(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var file = (await person.UploadAsync("hello"u8.ToArray(), "a.txt")).Json.GetProperty("id").GetGuid();
        var first = await person.NewConversationAsync();
        await person.PostAsync(first, new { text = "Look", attachments = new[] { file } });
        (await houses.Gateway.NextAsync()).Route("offline", "lite").Say("ok").End();

        var second = await person.NewConversationAsync();
        (await person.SendAsync(HttpMethod.Post, $"/api/conversations/{second}/messages", new { text = "Look", attachments = new[] { file } })).Fields.ShouldBe(["attachments"]);
        (await person.SendAsync(HttpMethod.Post, $"/api/conversations/{second}/messages", new { text = "Look", attachments = new[] { Guid.CreateVersion7() } })).Fields.ShouldBe(["attachments"]);
        (await person.MessagesAsync(second)).ShouldBeEmpty();
    }
}
