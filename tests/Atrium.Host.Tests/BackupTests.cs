using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Atrium.Platform.Backups;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Host.Tests;

public sealed class BackupTests
{
    [Theory, BothEngines]
    [Keeps("L-064")]
    public async Task Restores_the_whole_content_of_a_quiet_house(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine);
        var person = await house.AdminAsync();
        var other = await house.PersonAsync();
        foreach (var writer in new[] { person, other })
        {
            for (var number = 0; number < 5; number++)
                await TalkAsync(writer, await CreateAsync(writer, $"talk {number}"), $"2 + {number}");
        }
        using var upload = new MultipartFormDataContent { { new ByteArrayContent("kept bytes"u8.ToArray()), "file", "note.txt" } };
        using var uploaded = await person.Client.PostAsync("/api/attachments", upload);
        var attachment = (await uploaded.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        using var key = await person.Client.PostAsJsonAsync("/api/provider-keys", new { provider = "openai", apiKey = "sk-kept-through-a-restore" });
        key.StatusCode.ShouldBe(HttpStatusCode.Created);
        var before = (await ContentAsync(person, attachment), await ContentAsync(other, null));

        var folder = await house.Services.GetRequiredService<BackupWriter>().CreateAsync("test", default);
        var after = await house.RestoreIntoEmptyAsync(folder, async restored =>
            (await ContentAsync(restored.WithToken(person.Token, person.Id, person.Username), attachment), await ContentAsync(restored.WithToken(other.Token, other.Id, other.Username), null)));

        after.ShouldBe(before);
        before.Item1.ShouldContain("kept bytes");
        before.Item1.ShouldContain("openai");
    }

    [Theory, BothEngines]
    [Keeps("L-064")]
    public async Task Restores_what_was_acknowledged_before_a_backup_under_load(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine);
        var person = await house.AdminAsync();
        for (var number = 0; number < 50; number++)
            await CreateAsync(person, $"before {number}");
        var acknowledged = new System.Collections.Concurrent.ConcurrentQueue<string>();
        using var stopping = new CancellationTokenSource();
        var load = Task.WhenAll(Enumerable.Range(0, 4).Select(async worker =>
        {
            for (var number = 0; !stopping.IsCancellationRequested; number++)
            {
                await CreateAsync(person, $"during {worker} {number}");
                acknowledged.Enqueue($"during {worker} {number}");
            }
        }));
        while (acknowledged.Count < 20)
            await Task.Yield();

        var certain = acknowledged.ToArray();
        var folder = await house.Services.GetRequiredService<BackupWriter>().CreateAsync("test", default);
        await stopping.CancelAsync();
        await load;
        await BackupManifest.VerifyAsync(folder, default);
        var titles = await house.RestoreIntoEmptyAsync(folder, async restored => await TitlesAsync(restored.WithToken(person.Token, person.Id, person.Username)));

        titles.Count(title => title.StartsWith("before", StringComparison.Ordinal)).ShouldBe(50);
        certain.ShouldBeSubsetOf(titles);
        titles.ShouldBeUnique();
    }

    [Fact]
    public async Task Finds_every_kind_of_damage_before_it_touches_anything()
    {
        await using var house = await TestHouse.StartAsync(DatabaseEngine.Sqlite);
        await CreateAsync(await house.AdminAsync(), "kept");
        var folder = await house.Services.GetRequiredService<BackupWriter>().CreateAsync("test", default);
        var data = Directory.EnumerateFiles(folder, "*.db", SearchOption.AllDirectories).Single();
        var whole = await File.ReadAllBytesAsync(data);

        whole[whole.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(data, whole);
        (await Should.ThrowAsync<BackupException>(() => BackupManifest.VerifyAsync(folder, default))).Message.ShouldContain("other content");
        await File.WriteAllBytesAsync(data, whole[..^1]);
        (await Should.ThrowAsync<BackupException>(() => BackupManifest.VerifyAsync(folder, default))).Message.ShouldContain("another size");
        File.Delete(data);
        (await Should.ThrowAsync<BackupException>(() => BackupManifest.VerifyAsync(folder, default))).Message.ShouldContain("missing");
        await File.WriteAllTextAsync(Path.Combine(folder, BackupManifest.FileName), "{");
        (await Should.ThrowAsync<BackupException>(() => BackupManifest.VerifyAsync(folder, default))).Message.ShouldContain("damaged");
        File.Delete(Path.Combine(folder, BackupManifest.FileName));
        (await Should.ThrowAsync<BackupException>(() => BackupManifest.VerifyAsync(folder, default))).Message.ShouldContain("not a whole backup");
    }

    [Theory, BothEngines]
    public async Task Holds_no_key_that_opens_sealed_things(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine);
        await house.AdminAsync();

        var folder = await house.Services.GetRequiredService<BackupWriter>().CreateAsync("test", default);

        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ShouldAllBe(file => !Path.GetFileName(file).StartsWith("vault_", StringComparison.Ordinal) && !file.EndsWith("keys.db", StringComparison.Ordinal) && !file.EndsWith(".key", StringComparison.Ordinal));
        File.Exists(Path.Combine(Path.GetDirectoryName(folder)!, Keyring.FileName)).ShouldBeTrue();
    }

    private static async Task<string> CreateAsync(TestPerson person, string title)
    {
        using var answer = await person.Client.PostAsJsonAsync("/api/conversations", new { title });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private static async Task TalkAsync(TestPerson person, string conversation, string text)
    {
        using var posted = await person.Client.PostAsJsonAsync($"/api/conversations/{conversation}/messages", new { text });
        posted.IsSuccessStatusCode.ShouldBeTrue();
        // The stream ends with the answer.
        await person.Client.GetStringAsync($"/api/conversations/{conversation}/stream");
    }

    /// <summary>Everything a person can read of their own, as the API says it.</summary>
    private static async Task<string> ContentAsync(TestPerson person, string? attachment)
    {
        var content = new List<string>();
        foreach (var path in new[] { "/api/me", "/api/conversations?limit=100", "/api/provider-keys", "/api/user/ai-provider", "/api/costs" })
            content.Add(await person.Client.GetStringAsync(path));
        foreach (var item in JsonDocument.Parse(content[1]).RootElement.GetProperty("items").EnumerateArray())
            content.Add(await person.Client.GetStringAsync($"/api/conversations/{item.GetProperty("id").GetString()}/messages?limit=100"));
        if (attachment is not null)
            content.Add(await person.Client.GetStringAsync("/api/attachments/" + attachment));
        return string.Join('\n', content);
    }

    private static async Task<List<string>> TitlesAsync(TestPerson person)
    {
        var titles = new List<string>();
        for (var next = ""; next is not null;)
        {
            var page = await person.Client.GetFromJsonAsync<JsonElement>($"/api/conversations?limit=100{(next.Length > 0 ? "&cursor=" + Uri.EscapeDataString(next) : "")}");
            titles.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("title").GetString()!));
            next = page.TryGetProperty("next", out var cursor) && cursor.ValueKind == JsonValueKind.String ? cursor.GetString() : null;
        }
        return titles;
    }
}
