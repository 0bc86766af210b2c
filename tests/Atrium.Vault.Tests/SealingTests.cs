using System.Text;
using Atrium.Contracts.Vault;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Vault.Tests;

public sealed class SealingTests(HousePair houses) : IClassFixture<HousePair>
{
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes("sk-a-planted-secret-0123456789");

    [Theory, BothEngines]
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

    private static SealedObject NewObject(Guid? owner = null) => new(owner ?? Guid.CreateVersion7(), Guid.CreateVersion7(), "tests.secret");
}
