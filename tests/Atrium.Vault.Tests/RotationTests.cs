using Atrium.Contracts.Vault;
using Atrium.Platform.Backups;
using Atrium.Platform.Configuration;
using Atrium.Platform.Data;
using Atrium.Platform.Lifecycle;
using Atrium.Testing;
using Atrium.Vault.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Vault.Tests;

public sealed class RotationTests
{
    private const string Setting = "API_KEY_ENCRYPTION_SECRET";
    private static readonly string First = string.Concat(Enumerable.Repeat("0123456789abcdef", 4));
    private static readonly string Second = string.Concat(Enumerable.Repeat("fedcba9876543210", 4));

    [Theory, BothEngines]
    [Keeps("B-018")]
    public async Task Everything_opens_under_the_new_key_and_fingerprints_stay(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine);
        var kept = await SealAsync(house, 5);
        var fingerprint = Sealer(house).Fingerprint("sk-secret");
        var before = await File.ReadAllTextAsync(KeyFile(house));

        (await VaultModule.RotateMasterKeyAsync(house.Services, default)).ShouldBe(5);

        (await File.ReadAllTextAsync(KeyFile(house))).ShouldNotBe(before);
        File.Exists(NextKeyFile(house)).ShouldBeFalse();
        await house.RestartAsync();
        await ShouldOpenAsync(house, kept);
        Sealer(house).Fingerprint("sk-secret").ShouldBe(fingerprint);
        await ShouldOpenAsync(house, await SealAsync(house, 1));
        await VaultModule.RotateMasterKeyAsync(house.Services, default);
        await ShouldOpenAsync(house, kept);
        Sealer(house).Fingerprint("sk-secret").ShouldBe(fingerprint);
    }

    [Theory, BothEngines]
    public async Task The_old_key_opens_nothing_any_more(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine, new Dictionary<string, string> { [Setting] = First, [Setting + "_NEXT"] = Second });
        var kept = await SealAsync(house, 2);

        await VaultModule.RotateMasterKeyAsync(house.Services, default);

        await Should.ThrowAsync<StartRefusedException>(() => OpenerOf(house, First, null).StartAsync(default));
        await OpenerOf(house, Second, null).StartAsync(default);
        await house.RestartAsync();
        await ShouldOpenAsync(house, kept);
    }

    [Theory, BothEngines]
    public async Task A_house_that_runs_beside_it_goes_on(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine);
        var kept = await SealAsync(house, 3);

        await OtherProcess(house).RunAsync(default);

        var fresh = await SealAsync(house, 2);
        await ShouldOpenAsync(house, kept);
        await house.RestartAsync();
        await ShouldOpenAsync(house, [.. kept, .. fresh]);
    }

    [Theory, BothEngines]
    public async Task One_that_ended_before_its_change_is_begun_again_with_the_same_key(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine);
        var kept = await SealAsync(house, 2);
        house.Services.GetRequiredService<HouseSecrets>().CreateNextMasterKey();
        var next = await File.ReadAllTextAsync(NextKeyFile(house));

        await house.RestartAsync();
        await ShouldOpenAsync(house, kept);
        await VaultModule.RotateMasterKeyAsync(house.Services, default);

        (await File.ReadAllTextAsync(KeyFile(house))).ShouldBe(next);
        await house.RestartAsync();
        await ShouldOpenAsync(house, kept);
    }

    [Theory, BothEngines]
    public async Task One_that_ended_after_its_change_is_ended_by_the_next_start(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine);
        var kept = await SealAsync(house, 2);
        var old = await File.ReadAllTextAsync(KeyFile(house));
        await VaultModule.RotateMasterKeyAsync(house.Services, default);
        var next = await File.ReadAllTextAsync(KeyFile(house));
        await File.WriteAllTextAsync(NextKeyFile(house), next);
        await File.WriteAllTextAsync(KeyFile(house), old);

        await house.RestartAsync();

        (await File.ReadAllTextAsync(KeyFile(house))).ShouldBe(next);
        File.Exists(NextKeyFile(house)).ShouldBeFalse();
        await ShouldOpenAsync(house, kept);
    }

    [Fact]
    public async Task The_copy_of_the_keys_beside_the_backups_opens_under_the_new_key()
    {
        await using var house = await TestHouse.StartAsync(DatabaseEngine.Sqlite, new Dictionary<string, string> { [Setting] = First, [Setting + "_NEXT"] = Second });
        await SealAsync(house, 1);

        await VaultModule.RotateMasterKeyAsync(house.Services, default);

        await Should.ThrowAsync<BackupException>(() => CopyOpensAsync(house, First));
        await CopyOpensAsync(house, Second);
    }

    /// <summary>Reads the copy as a restore does: the settings name a house whose database of keys is empty.</summary>
    private static async Task CopyOpensAsync(TestHouse house, string key)
    {
        await using var empty = await TestHouse.StartAsync(DatabaseEngine.Sqlite);
        var settings = empty.Services.GetRequiredService<HouseSettings>() with { MasterKey = Bytes(key), BackupFolder = house.Services.GetRequiredService<HouseSettings>().BackupFolder };
        File.Delete(settings.DataFile("keys.db"));
        await new Keyring(settings, new HouseSecrets(settings), empty.Services.GetRequiredService<Databases>()).ReadAsync(default);
    }

    [Fact]
    public async Task A_key_that_is_a_setting_needs_its_successor_as_a_setting()
    {
        await using var house = await TestHouse.StartAsync(DatabaseEngine.Sqlite, new Dictionary<string, string> { [Setting] = First });

        var refused = await Should.ThrowAsync<InvalidOperationException>(() => VaultModule.RotateMasterKeyAsync(house.Services, default));

        refused.Message.ShouldContain(Setting + "_NEXT");
        await house.RestartAsync();
    }

    [Fact]
    [Keeps("B-018")]
    public async Task Killed_at_any_moment_it_loses_nothing_and_is_resumed()
    {
        const int Rounds = 9;
        await using var house = await TestHouse.StartAsync(DatabaseEngine.Sqlite);
        var kept = await SealAsync(house, 200);
        var folder = Path.GetDirectoryName(house.DataFolder)!;
        var keysLog = Path.Combine(house.DataFolder, "keys.db-wal");
        var hadNextKey = false;
        await using var command = ServerProcess.In(folder);
        // By what the command has done: before, while and after the keys are written.
        Func<bool>[] moments =
        [
            () => File.Exists(NextKeyFile(house)),
            () => File.Exists(NextKeyFile(house)) && File.GetLastWriteTimeUtc(keysLog) > File.GetLastWriteTimeUtc(NextKeyFile(house)),
            () => hadNextKey && !File.Exists(NextKeyFile(house)),
        ];

        for (var round = 0; round < Rounds; round++)
        {
            hadNextKey = false;
            await command.StartAsync("vault", "rotate");
            await command.WaitUntilAsync(() =>
            {
                hadNextKey |= File.Exists(NextKeyFile(house));
                return moments[round % moments.Length]();
            });
            await command.KillAsync();
            await house.RestartAsync();
            await ShouldOpenAsync(house, kept);
        }

        await command.StartAsync("vault", "rotate");
        (await command.WaitForExitAsync()).ShouldBe(0, command.Output);
        await house.RestartAsync();
        await ShouldOpenAsync(house, kept);
    }

    private static ISealer Sealer(TestHouse house) => house.Services.GetRequiredService<ISealer>();

    private static async Task<List<(SealedObject Target, byte[] Bytes)>> SealAsync(TestHouse house, int owners)
    {
        var kept = new List<(SealedObject, byte[])>();
        for (var owner = 0; owner < owners; owner++)
        {
            var target = new SealedObject(Guid.CreateVersion7(), Guid.CreateVersion7(), "tests.secret");
            kept.Add((target, await Sealer(house).SealAsync(target, target.ObjectId.ToByteArray(), default)));
        }
        return kept;
    }

    private static async Task ShouldOpenAsync(TestHouse house, IEnumerable<(SealedObject Target, byte[] Bytes)> kept)
    {
        foreach (var (target, bytes) in kept)
            (await Sealer(house).OpenAsync(target, bytes, default)).ShouldBe(target.ObjectId.ToByteArray());
    }

    private static OpenMasterKey OpenerOf(TestHouse house, string? key, string? next) => OpenerOf(house, SecretsOf(house, key, next));

    private static OpenMasterKey OpenerOf(TestHouse house, HouseSecrets secrets) =>
        new(new MasterKey(), secrets, house.Services.GetRequiredService<Keyring>(), KeysOf(house), TimeProvider.System);

    private static RotateMasterKey OtherProcess(TestHouse house)
    {
        var secrets = SecretsOf(house, null, null);
        return new RotateMasterKey(OpenerOf(house, secrets), secrets, house.Services.GetRequiredService<Keyring>(), KeysOf(house), TimeProvider.System);
    }

    private static HouseSecrets SecretsOf(TestHouse house, string? key, string? next) =>
        new(house.Services.GetRequiredService<HouseSettings>() with { MasterKey = Bytes(key), NextMasterKey = Bytes(next) });

    private static byte[]? Bytes(string? hexadecimal) => hexadecimal is null ? null : Convert.FromHexString(hexadecimal);

    private static Database KeysOf(TestHouse house) => house.Services.GetRequiredKeyedService<Database>(Databases.KeysName);

    private static string KeyFile(TestHouse house) => Path.Combine(house.DataFolder, "secrets", "master.key");

    private static string NextKeyFile(TestHouse house) => Path.Combine(house.DataFolder, "secrets", "master.next.key");
}
