using Atrium.Contracts.Vault;
using Atrium.Platform.Backups;
using Atrium.Platform.Configuration;
using Atrium.Platform.Data;
using Atrium.Platform.Lifecycle;
using Atrium.Testing;
using Atrium.Vault.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Vault.Tests;

public sealed class MasterKeyTests
{
    private const string Setting = "API_KEY_ENCRYPTION_SECRET";
    private static readonly string First = string.Concat(Enumerable.Repeat("0123456789abcdef", 4));
    private static readonly string Second = string.Concat(Enumerable.Repeat("fedcba9876543210", 4));
    private static readonly SealedObject Target = new(Guid.CreateVersion7(), Guid.CreateVersion7(), "tests.secret");

    [Theory, BothEngines]
    [Keeps("Z-081")]
    public async Task Is_made_on_first_start_for_the_owner_only_and_opens_again_after_a_restart(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine);
        var bytes = await house.Services.GetRequiredService<ISealer>().SealAsync(Target, "secret"u8.ToArray(), default);
        var file = KeyFile(house);
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var key = await File.ReadAllTextAsync(file);

        await house.RestartAsync();

        (await File.ReadAllTextAsync(file)).ShouldBe(key);
        (await house.Services.GetRequiredService<ISealer>().OpenAsync(Target, bytes, default)).ShouldBe("secret"u8.ToArray());
    }

    [Theory, BothEngines]
    public async Task A_wrong_one_is_refused_by_name_and_changes_nothing(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine, new Dictionary<string, string> { [Setting] = First });
        var bytes = await house.Services.GetRequiredService<ISealer>().SealAsync(Target, "secret"u8.ToArray(), default);

        var refused = await Should.ThrowAsync<StartRefusedException>(() => CheckAsync(house, Convert.FromHexString(Second)));

        refused.Message.ShouldContain(Setting);
        refused.Message.ShouldNotContain(Second);
        await CheckAsync(house, Convert.FromHexString(First));
        (await house.Services.GetRequiredService<ISealer>().OpenAsync(Target, bytes, default)).ShouldBe("secret"u8.ToArray());
    }

    [Theory, BothEngines]
    public async Task A_missing_one_is_refused_by_name_and_no_new_one_is_made(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine);
        await house.Services.GetRequiredService<ISealer>().SealAsync(Target, "secret"u8.ToArray(), default);
        File.Delete(KeyFile(house));

        var refused = await Should.ThrowAsync<StartRefusedException>(() => CheckAsync(house, null));

        refused.Message.ShouldContain(Setting);
        File.Exists(KeyFile(house)).ShouldBeFalse();
    }

    [Theory, BothEngines]
    public async Task Keys_without_their_proof_are_refused(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine, new Dictionary<string, string> { [Setting] = First });
        await house.Services.GetRequiredService<ISealer>().SealAsync(Target, "secret"u8.ToArray(), default);
        await house.Services.GetRequiredKeyedService<Database>(Databases.KeysName).ExecuteAsync("DELETE FROM vault_masters", null, default);

        await Should.ThrowAsync<StartRefusedException>(() => CheckAsync(house, Convert.FromHexString(First)));
    }

    [Theory, BothEngines]
    public async Task Of_two_that_open_an_empty_house_together_the_first_counts(DatabaseEngine engine)
    {
        await using var house = await TestHouse.StartAsync(engine, new Dictionary<string, string> { [Setting] = First });
        await house.Services.GetRequiredKeyedService<Database>(Databases.KeysName).ExecuteAsync("DELETE FROM vault_masters", null, default);
        async Task<bool> OpensAsync(string key)
        {
            try
            {
                await CheckAsync(house, Convert.FromHexString(key));
                return true;
            }
            catch (StartRefusedException)
            {
                return false;
            }
        }

        var opened = await Task.WhenAll(OpensAsync(First), OpensAsync(Second));

        opened.Count(isOpen => isOpen).ShouldBe(1);
    }

    [Fact]
    public async Task A_house_with_a_wrong_one_does_not_open()
    {
        await using var house = await TestHouse.StartAsync(DatabaseEngine.Sqlite);
        await File.WriteAllTextAsync(KeyFile(house), Second);

        var refusal = await Record.ExceptionAsync(house.RestartAsync);

        // The house ends itself while it starts, or just after.
        (refusal is InvalidOperationException or OperationCanceledException).ShouldBeTrue(refusal?.ToString());
        (await File.ReadAllTextAsync(KeyFile(house))).ShouldBe(Second);
    }

    private static string KeyFile(TestHouse house) => Path.Combine(house.DataFolder, "secrets", "master.key");

    private static Task CheckAsync(TestHouse house, byte[]? key)
    {
        var settings = house.Services.GetRequiredService<HouseSettings>() with { MasterKey = key };
        var keys = house.Services.GetRequiredKeyedService<Database>(Databases.KeysName);
        return new OpenMasterKey(new MasterKey(), new HouseSecrets(settings), house.Services.GetRequiredService<Keyring>(), keys, TimeProvider.System).StartAsync(default);
    }
}
