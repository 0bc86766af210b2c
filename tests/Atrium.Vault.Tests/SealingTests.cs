using System.Text;
using Atrium.Contracts.Vault;
using Atrium.Platform.Data;
using Atrium.Testing;
using Atrium.Vault.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Vault.Tests;

public sealed class SealingTests(HousePair houses) : IClassFixture<HousePair>
{
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes("sk-a-planted-secret-0123456789");

    [Theory, BothEngines]
    [Asvs("11.3.1", "11.3.2", "11.3.3")]
    public async Task Opens_what_it_sealed_and_nothing_that_was_moved_or_altered(DatabaseEngine engine)
    {
        var sealer = (await houses.OnAsync(engine)).Services.GetRequiredService<ISealer>();
        var target = NewObject();

        var bytes = await sealer.SealAsync(target, Secret, default);

        (await sealer.OpenAsync(target, bytes, default)).ShouldBe(Secret);
        (await sealer.OpenAsync(target with { OwnerId = Guid.CreateVersion7() }, bytes, default)).ShouldBeNull();
        (await sealer.OpenAsync(target with { ObjectId = Guid.CreateVersion7() }, bytes, default)).ShouldBeNull();
        (await sealer.OpenAsync(target with { Purpose = "other.purpose" }, bytes, default)).ShouldBeNull();
        for (var index = 0; index < bytes.Length; index++)
        {
            var altered = bytes.ToArray();
            altered[index] ^= 1;
            (await sealer.OpenAsync(target, altered, default)).ShouldBeNull($"byte {index} was flipped");
        }
    }

    [Theory, BothEngines]
    public async Task Seals_the_same_bytes_differently_each_time_and_any_length(DatabaseEngine engine)
    {
        var sealer = (await houses.OnAsync(engine)).Services.GetRequiredService<ISealer>();
        var target = NewObject();

        foreach (var length in new[] { 0, 1, 15, 16, 17, 100_000 })
        {
            var plain = new byte[length];
            var first = await sealer.SealAsync(target, plain, default);
            var second = await sealer.SealAsync(target, plain, default);
            first.ShouldNotBe(second);
            (await sealer.OpenAsync(target, first, default)).ShouldBe(plain);
            (await sealer.OpenAsync(target, second, default)).ShouldBe(plain);
        }
        foreach (var length in new[] { 0, 1, 28, 29 })
            (await sealer.OpenAsync(target, new byte[length], default)).ShouldBeNull();
    }

    [Theory, BothEngines]
    public async Task First_seals_that_race_share_one_owner_key_and_one_key_per_object(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var sealer = house.Services.GetRequiredService<ISealer>();
        var owner = Guid.CreateVersion7();
        SealedObject[] targets = [.. Enumerable.Range(0, 4).Select(_ => NewObject(owner))];

        var results = await Task.WhenAll(Enumerable.Range(0, 24).Select(async number =>
            (Target: targets[number % targets.Length], Bytes: await sealer.SealAsync(targets[number % targets.Length], Secret, default))));

        foreach (var (target, bytes) in results)
            (await sealer.OpenAsync(target, bytes, default)).ShouldBe(Secret);
        var keys = house.Services.GetRequiredKeyedService<Database>(Databases.KeysName);
        (await keys.ScalarAsync<long>("SELECT COUNT(*) FROM vault_owner_keys WHERE owner_id = @owner", new { owner }, default)).ShouldBe(1);
        (await keys.ScalarAsync<long>("SELECT COUNT(*) FROM vault_object_keys WHERE owner_id = @owner", new { owner }, default)).ShouldBe(4);
    }

    [Theory, BothEngines]
    public async Task An_object_sealed_for_one_owner_and_purpose_is_not_sealed_for_another(DatabaseEngine engine)
    {
        var sealer = (await houses.OnAsync(engine)).Services.GetRequiredService<ISealer>();
        var target = NewObject();
        await sealer.SealAsync(target, Secret, default);

        await Should.ThrowAsync<InvalidOperationException>(() => sealer.SealAsync(target with { OwnerId = Guid.CreateVersion7() }, Secret, default));
        await Should.ThrowAsync<InvalidOperationException>(() => sealer.SealAsync(target with { Purpose = "other.purpose" }, Secret, default));
    }

    [Theory, BothEngines]
    public async Task A_destroyed_key_opens_nothing_and_is_no_longer_in_any_file(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var sealer = house.Services.GetRequiredService<ISealer>();
        var keys = house.Services.GetRequiredKeyedService<Database>(Databases.KeysName);
        var target = NewObject();
        var kept = NewObject(target.OwnerId);
        var bytes = await sealer.SealAsync(target, Secret, default);
        var keptBytes = await sealer.SealAsync(kept, Secret, default);
        var wrapped = (await keys.ScalarAsync<byte[]>("SELECT wrapped FROM vault_object_keys WHERE object_id = @ObjectId", target, default))!;
        if (engine == DatabaseEngine.Sqlite)
            KeyFilesHold(house, wrapped).ShouldBeTrue();

        await sealer.DestroyAsync(target.ObjectId, default);
        await sealer.DestroyAsync(target.ObjectId, default);

        (await sealer.OpenAsync(target, bytes, default)).ShouldBeNull();
        (await sealer.OpenAsync(kept, keptBytes, default)).ShouldBe(Secret);
        (await keys.ScalarAsync<long>("SELECT COUNT(*) FROM vault_object_keys WHERE object_id = @ObjectId", target, default)).ShouldBe(0);
        if (engine == DatabaseEngine.Sqlite)
            KeyFilesHold(house, wrapped).ShouldBeFalse();
        var again = await sealer.SealAsync(target, Secret, default);
        (await sealer.OpenAsync(target, again, default)).ShouldBe(Secret);
        (await sealer.OpenAsync(target, bytes, default)).ShouldBeNull();
    }

    [Theory, BothEngines]
    [Asvs("13.3.1")]
    public async Task Stores_neither_the_secret_nor_an_unwrapped_key(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var sealer = house.Services.GetRequiredService<ISealer>();
        var target = NewObject();

        var bytes = await sealer.SealAsync(target, Secret, default);

        bytes.AsSpan().IndexOf(Secret).ShouldBe(-1);
        bytes.Length.ShouldBe(Secret.Length + 29);
        var key = (await house.Services.GetRequiredService<KeyRing>().FindAsync(target, default))!;
        key.Length.ShouldBe(32);
        if (engine == DatabaseEngine.Sqlite)
            KeyFilesHold(house, key).ShouldBeFalse();
    }

    [Fact]
    public async Task A_fingerprint_is_stable_in_one_house_and_says_nothing_in_another()
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        await using var other = await TestHouse.StartAsync(DatabaseEngine.Sqlite);
        string Of(TestHouse asked, string secret) => asked.Services.GetRequiredService<ISealer>().Fingerprint(secret);

        Of(house, "sk-one").ShouldMatch("^[0-9a-f]{8}$");
        Of(house, "sk-one").ShouldBe(Of(house, "sk-one"));
        Of(house, "sk-one").ShouldNotBe(Of(house, "sk-two"));
        Of(house, "sk-one").ShouldNotBe(Of(other, "sk-one"));
    }

    private static bool KeyFilesHold(TestHouse house, byte[] wanted) =>
        Directory.EnumerateFiles(house.DataFolder, "keys.db*").Any(file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return copy.ToArray().AsSpan().IndexOf(wanted) >= 0;
        });

    private static SealedObject NewObject(Guid? owner = null) => new(owner ?? Guid.CreateVersion7(), Guid.CreateVersion7(), "tests.secret");
}
