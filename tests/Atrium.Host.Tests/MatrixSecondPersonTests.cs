using Atrium.Testing;

namespace Atrium.Host.Tests;

/// <summary>Every route with an id in it, asked by others with the real id of a person's thing.</summary>
public sealed class MatrixSecondPersonTests(HousePair houses) : IClassFixture<HousePair>
{
    [Fact]
    public async Task Every_route_with_an_id_has_a_thing_to_try_it_with()
    {
        var house = await houses.OnAsync(DatabaseEngine.Sqlite);

        MatrixRoute.All(house).Where(route => MatrixThings.IsOwned(route) && !MatrixThings.HasMaker(route))
            .ShouldBeEmpty("Add a maker to MatrixThings, or, when the id names nobody's thing, the route to its list.");
    }

    [Theory, BothEngines]
    [Keeps("B-110")]
    [Asvs("8.2.2", "8.4.1")]
    public async Task Another_persons_thing_is_not_there_for_anybody_not_for_an_admin_either(DatabaseEngine engine)
    {
        var house = await houses.OnAsync(engine);
        (string Who, TestPerson Person)[] others = [("another person", await house.PersonAsync()), ("an admin", await house.AdminAsync())];
        var routes = MatrixRoute.All(house).Where(route => MatrixThings.IsOwned(route) && MatrixThings.HasMaker(route)).ToList();
        routes.Count.ShouldBeGreaterThan(18);
        var wrong = new List<string>();

        foreach (var route in routes)
        {
            var owner = await house.PersonAsync();
            var values = await MatrixThings.MakeAsync(route, house, owner);
            foreach (var (who, person) in others)
            {
                if (await AskAsync(person, route, values) is not 404 and var status)
                    wrong.Add($"{route} as {who}: {status}");
            }
            if (await AskAsync(owner, route, values) is 404 or >= 500 or 400)
                wrong.Add($"{route}: the thing is not there for its owner, so nothing was tried");
        }

        wrong.ShouldBeEmpty(string.Join("\n", wrong));
    }

    private static async Task<int> AskAsync(TestPerson person, MatrixRoute route, Dictionary<string, string> values)
    {
        using var request = new HttpRequestMessage(new HttpMethod(route.Method), route.Address(values)) { Content = MatrixThings.BodyOf(route) };
        using var answer = await person.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return (int)answer.StatusCode;
    }
}
