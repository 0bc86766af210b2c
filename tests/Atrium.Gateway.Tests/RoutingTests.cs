using Atrium.Ai;
using Atrium.Contracts.Gateway;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Gateway.Tests;

/// <summary>Every provider of the catalogue: a call goes where its owner sent it.</summary>
public sealed class RoutingTests(GatewayHouses houses) : IClassFixture<GatewayHouses>
{
    public static TheoryData<string> Spoken() => [.. ProviderCatalogue.Default.Providers.Where(provider => provider.IsUsable).Select(provider => provider.Id)];

    [Theory, MemberData(nameof(Spoken))]
    [Keeps("Z-044")]
    public async Task A_call_reaches_the_provider_its_owner_chose_with_its_owners_key_and_model(string id)
    {
        var provider = ProviderCatalogue.Default.Find(id)!;
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);
        var person = await house.PersonAsync();
        var (key, mark) = (Talk.NewKey(), Talk.NewKey());
        var baseUrl = SimulatedDialects.BaseUrlOf(provider, houses.First);
        var takesKey = provider.Settings.Any(setting => setting.Name == "apiKey");
        var isExchanged = provider.Authentication == ProviderAuthentication.IbmIam;

        await person.ChooseAsync(new { provider = id, model = "sim-fast", apiKey = takesKey ? key : null, baseUrl, settings = SimulatedDialects.SettingsOf(provider) });
        var events = await house.AskAsync(person, mark);

        events.OfType<ChatRouted>().ShouldHaveSingleItem().ShouldBe(new ChatRouted(id, provider.Name, "sim-fast", null));
        events.Text().ShouldNotBeEmpty();
        var heard = houses.First.Simulation.Requests.Single(request => request.Body.Contains(mark));
        (heard.Path + heard.Body).ShouldContain("sim-fast");
        if (takesKey && !isExchanged)
            heard.Carries(key).ShouldBeTrue();
    }

    [Theory, BothEngines]
    [Keeps("Z-044")]
    public async Task An_unknown_provider_goes_to_Offline_Lite_and_says_why(DatabaseEngine engine)
    {
        var catalogue = ProviderCatalogue.Default;
        await using var house = await TestHouse.StartAsync(engine, houses.Settings, services => services.AddSingleton(catalogue));
        var person = await house.PersonAsync();
        await person.ChooseAsync(houses.First, "groq");
        catalogue = new ProviderCatalogue([.. ProviderCatalogue.Default.Providers.Where(provider => provider.Id != "groq")]);
        await house.RestartAsync();

        var gone = await house.AskAsync(person, "6 * 7");
        var (status, problem) = await person.SendAsync(HttpMethod.Put, "/api/user/ai-provider", new { provider = "nobody", apiKey = Talk.NewKey() });

        gone.OfType<ChatRouted>().Last().Provider.ShouldBe("offline");
        gone.OfType<ChatRouted>().Last().FellBackFrom!.Code.ShouldBe("provider-not-usable");
        gone.Text().ShouldContain("42");
        status.ShouldBe(400);
        problem.GetProperty("errors").TryGetProperty("provider", out _).ShouldBeTrue();
    }
}
