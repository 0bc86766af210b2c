using System.Net.Http.Headers;
using System.Text;
using Atrium.Testing;

namespace Atrium.Accounts.Tests.Profiles;

[Keeps("B-014", "Z-012", "G-080")]
public sealed class PictureTests(HousePair houses) : IClassFixture<HousePair>
{
    /// <summary>A PNG of one pixel with a text chunk in it that says where it was taken.</summary>
    private static byte[] Png => Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAAEnRFWHRMb2NhdGlvbgBzb21ld2hlcmXMoZDUAAAADElEQVR4nGMQUDAAAACkAGE0Zn1yAAAAAElFTkSuQmCC");

    private static async Task<HttpResponseMessage> SendAsync(TestPerson person, string picture, byte[] bytes, string name = "me.png", string type = "image/png")
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(bytes) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } }, "file", name } };
        return await person.Client.PutAsync($"/api/me/{picture}", form);
    }

    [Theory, BothEngines]
    [Asvs("5.2.2", "5.3.2", "5.4.1")]
    public async Task Is_encoded_anew_shown_to_the_house_and_deleted_when_another_takes_its_place(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var other = await house.PersonAsync();

        var first = (await SendAsync(person, "avatar", [.. Png, .. "<script>alert(1)</script>"u8], "../../<img onerror=x>.svg", "image/svg+xml").JsonAsync()).GetProperty("id").GetGuid();
        using var shown = await other.Client.GetAsync($"/api/pictures/{first}");

        shown.Content.Headers.ContentType?.MediaType.ShouldBe("image/webp");
        shown.Content.Headers.ContentDisposition?.FileName?.Trim('"').ShouldBe("picture.webp");
        shown.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        shown.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'");
        var bytes = await shown.Content.ReadAsByteArrayAsync();
        Encoding.Latin1.GetString(bytes, 8, 4).ShouldBe("WEBP");
        Encoding.Latin1.GetString(bytes).ShouldNotContain("script");
        (await house.Client.GetAsync($"/api/pictures/{first}").OutcomeAsync()).ShouldBe("401 sign-in-required");
        var file = FilesOf(house, first).ShouldHaveSingleItem();
        (File.GetUnixFileMode(file) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead)).ShouldBe(UnixFileMode.None);
        (File.GetUnixFileMode(Path.GetDirectoryName(file)!) & (UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute | UnixFileMode.GroupWrite)).ShouldBe(UnixFileMode.None);

        var second = (await SendAsync(person, "avatar", bytes, type: "image/webp").JsonAsync()).GetProperty("id").GetGuid();
        (await other.Client.GetAsync($"/api/pictures/{first}").OutcomeAsync()).ShouldBe("404 not-found");
        (await other.Client.GetAsync($"/api/people/{person.Id}").JsonAsync()).GetProperty("avatarId").GetGuid().ShouldBe(second);
        FilesOf(house, first).ShouldBeEmpty();
        (await person.Client.DeleteAsync("/api/me/avatar").OutcomeAsync()).ShouldBe("204");
        (await other.Client.GetAsync($"/api/pictures/{second}").OutcomeAsync()).ShouldBe("404 not-found");
        FilesOf(house, second).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>")]
    [InlineData("<html><script>alert(1)</script>")]
    [InlineData("%PDF-1.7")]
    [InlineData("\u0089PNG\r\n\u001a\n and then nothing of one")]
    [InlineData("GIF89a<script>alert(1)</script>")]
    [InlineData("\u00ff\u00d8\u00ff and no picture")]
    [InlineData("")]
    [Asvs("1.3.4")]
    public async Task What_is_no_picture_inside_is_refused_whatever_it_is_called(string latin)
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        var person = await house.PersonAsync();

        (await SendAsync(person, "banner", Encoding.Latin1.GetBytes(latin)).OutcomeAsync()).ShouldBe("415 unsupported-file");
        (await person.Client.GetAsync("/api/me").JsonAsync()).TryGetProperty("bannerId", out _).ShouldBeFalse();
    }

    [Fact]
    [Asvs("5.2.1", "15.2.2")]
    public async Task A_picture_of_more_pixels_than_anybody_needs_is_refused_before_it_is_decoded()
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        var person = await house.PersonAsync();
        // 60,000 by 60,000 pixels in 110 bytes.
        var bomb = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAA6mAAAOpgCAIAAAAPsOIVAAAADElEQVR4nGNgoD0AAABkAAGGZDw1AAAAAElFTkSuQmCC");

        (await SendAsync(person, "avatar", bomb).OutcomeAsync()).ShouldBe("415 unsupported-file");
    }

    [Fact]
    public async Task More_than_ten_megabytes_are_refused()
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        var person = await house.PersonAsync();

        (await SendAsync(person, "avatar", [.. Png, .. new byte[10 * 1024 * 1024]]).OutcomeAsync()).ShouldBe("413 too-large");
    }

    private static IEnumerable<string> FilesOf(TestHouse house, Guid id) => Directory.EnumerateFiles(house.DataFolder, id.ToString("N"), SearchOption.AllDirectories);
}
