using System.Net;
using System.Text.Json;
using Atrium.Platform.Lifecycle;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Operations.Tests.Health;

public sealed class HealthTests(HousePair houses) : IClassFixture<HousePair>
{
    [Theory, BothEngines]
    [Keeps("H-020", "B-043")]
    public async Task Answers_healthy_live_and_ready(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);

        (await house.Client.GetStringAsync("/api/health")).ShouldBe("""{"status":"healthy","database":"connected"}""");
        (await house.Client.GetAsync("/health")).StatusCode.ShouldBe(HttpStatusCode.OK);
        JsonSerializer.Deserialize<JsonElement>(await house.Client.GetStringAsync("/ready")).GetProperty("checks").GetProperty("database").GetString().ShouldBe("ok");
    }

    [Fact]
    [Keeps("B-043")]
    public async Task Is_not_ready_while_it_drains()
    {
        await using var house = await TestHouse.StartAsync(DatabaseEngine.Sqlite);

        house.Services.GetRequiredService<Readiness>().MarkDraining();
        var answer = await house.Client.GetAsync("/ready");

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("draining");
        (await house.Client.GetAsync("/health")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Shows_its_status_to_people_only()
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);

        (await house.Client.GetAsync("/api/status")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    [Keeps("L-020")]
    public async Task Reads_its_own_api_document_to_people_without_any_script()
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);

        var answer = await house.Client.GetAsync("/docs");
        var page = await answer.Content.ReadAsStringAsync();

        page.ShouldContain("/api/health");
        page.ShouldNotContain("<script");
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'; style-src 'sha256-");
    }
}
