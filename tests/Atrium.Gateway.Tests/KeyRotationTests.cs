using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Atrium.Contracts.Vault;
using Atrium.Platform.Data;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Gateway.Tests;

public sealed class KeyRotationTests(GatewayHouses houses) : IClassFixture<GatewayHouses>
{
    [Theory, BothEngines]
    public async Task A_new_secret_takes_the_place_of_the_old_one_and_everything_else_stays(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var (old, fresh, mark) = (Talk.NewKey(), Talk.NewKey(), Talk.NewKey());
        var choice = await person.ChooseAsync(houses.First, key: old, model: "sim-fast");
        var id = choice.GetProperty("keyId").GetGuid();
        var before = await SealedAsync(house, id);

        var (status, key) = await person.SendAsync(HttpMethod.Put, $"/api/provider-keys/{id}/secret", new { apiKey = fresh });
        await house.AskAsync(person, mark);

        status.ShouldBe(200);
        key.GetProperty("id").GetGuid().ShouldBe(id);
        key.GetProperty("baseUrl").GetString().ShouldBe(houses.First.OpenAiBaseUrl);
        key.GetProperty("fingerprint").GetString().ShouldNotBe(choice.GetProperty("fingerprint").GetString());
        Talk.KeyOf(houses.First.Simulation.Requests.Single(request => request.Body.Contains(mark))).ShouldBe(fresh);
        (await person.GetAsync("/api/provider-keys")).GetProperty("items").GetArrayLength().ShouldBe(1);
        var sealer = house.Services.GetRequiredService<ISealer>();
        (await sealer.OpenAsync(new SealedObject(person.Id, id, "gateway.provider-key"), before, default)).ShouldBeNull("what a backup holds is worthless");
        (await sealer.OpenAsync(new SealedObject(person.Id, id, "gateway.provider-key"), await SealedAsync(house, id), default)).ShouldNotBeNull();
    }

    [Theory, BothEngines]
    public async Task A_new_secret_comes_alone_for_a_key_of_ones_own(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var (person, other) = (await house.PersonAsync(), await house.PersonAsync());
        var path = "/api/provider-keys/" + (await person.ChooseAsync(houses.First)).GetProperty("keyId").GetString() + "/secret";

        (await other.SendAsync(HttpMethod.Put, path, new { apiKey = Talk.NewKey() })).Status.ShouldBe(404);
        foreach (var body in new object[]
        {
            new { }, new { apiKey = "" }, new { apiKey = " " }, new { apiKey = "a b" }, new { apiKey = new string('k', 1_001) }, new { apiKey = "k", settings = new { organization = "o" } },
            new { apiKey = "k", settings = new { baseUrl = houses.Second.OpenAiBaseUrl } }, new { apiKey = "k", settings = new { nothing = "o" } }, "", "null", "[]", "{\"apiKey\":5}",
        })
        {
            (await person.SendAsync(HttpMethod.Put, path, body)).Status.ShouldBe(400, body.ToString());
        }
    }

    [Theory, BothEngines]
    [Keeps("Z-113")]
    public async Task A_key_whose_provider_moved_is_dropped_and_can_be_entered_again_for_the_new_place(DatabaseEngine engine)
    {
        var baseUrl = houses.First.OpenAiBaseUrl;
        await using var house = await TestHouse.StartAsync(engine, houses.Settings, services =>
            services.AddSingleton(new ProviderCatalogue([ProviderCatalogue.Default.Find("openai")! with { BaseUrl = baseUrl }])));
        var person = await house.PersonAsync();
        var (old, fresh, mark) = (Talk.NewKey(), Talk.NewKey(), Talk.NewKey());
        var id = (await person.ChooseAsync(new { provider = "openai", apiKey = old })).GetProperty("keyId").GetGuid();
        var before = await SealedAsync(house, id);
        baseUrl = houses.Second.OpenAiBaseUrl;
        await house.RestartAsync();

        var dropped = await house.AskAsync(person, mark);
        var key = (await person.GetAsync("/api/provider-keys")).GetProperty("items")[0];
        var status = await person.GetAsync("/api/providers/status");
        baseUrl = houses.First.OpenAiBaseUrl;
        await house.RestartAsync();
        var movedBack = await house.AskAsync(person, mark);
        baseUrl = houses.Second.OpenAiBaseUrl;
        await house.RestartAsync();
        var (entered, after) = await person.SendAsync(HttpMethod.Put, $"/api/provider-keys/{id}/secret", new { apiKey = fresh });
        var again = await house.AskAsync(person, mark);

        dropped.OfType<ChatRouted>().Last().FellBackFrom!.Code.ShouldBe("key-unreadable");
        key.GetProperty("needsSecret").GetBoolean().ShouldBeTrue();
        status.GetProperty("items")[0].GetProperty("state").GetString().ShouldBe("needs-secret");
        movedBack.OfType<ChatRouted>().Last().FellBackFrom!.Code.ShouldBe("key-unreadable");
        (await house.Services.GetRequiredService<ISealer>().OpenAsync(new SealedObject(person.Id, id, "gateway.provider-key"), before, default)).ShouldBeNull();
        entered.ShouldBe(200);
        after.GetProperty("needsSecret").GetBoolean().ShouldBeFalse();
        again.OfType<ChatRouted>().ShouldHaveSingleItem();
        Talk.KeyOf(houses.Second.Simulation.Requests.Single(request => request.Body.Contains(mark))).ShouldBe(fresh);
        houses.First.Simulation.Requests.ShouldNotContain(request => request.Body.Contains(mark));
    }

    [Theory, BothEngines]
    public async Task A_new_secret_is_seen_in_the_list_of_models_at_once(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        var person = await house.PersonAsync();
        var id = (await person.ChooseAsync(houses.First)).GetProperty("keyId").GetGuid();

        var before = await person.GetAsync("/api/models");
        var known = await person.GetAsync("/api/providers/status");
        await person.SendAsync(HttpMethod.Put, $"/api/provider-keys/{id}/secret", new { apiKey = "bad-" + Talk.NewKey() });
        var after = await person.GetAsync("/api/models");

        before.GetProperty("unreachable").GetArrayLength().ShouldBe(0);
        var count = before.GetProperty("items").GetArrayLength();
        known.GetProperty("items")[0].GetProperty("models").GetInt32().ShouldBe(count - 1, "Offline Lite is nobody's key");
        known.GetProperty("models").GetInt32().ShouldBe(count);
        after.GetProperty("unreachable")[0].GetProperty("code").GetString().ShouldBe("key-refused");
    }

    private static async Task<byte[]> SealedAsync(TestHouse house, Guid id) =>
        (await house.Services.GetRequiredService<Databases>().Main.ScalarAsync<byte[]>("SELECT sealed FROM gateway_keys WHERE id = @id", new { id }, default))!;
}
