using System.Net.Http.Json;

namespace Atrium.Testing.Fuzz;

/// <summary>Who sends hostile requests: somebody with the rights to be heard.</summary>
public static class HostilePeople
{
    private const string AdminPaths = "/api/admin";

    /// <summary>A new person, because some operations end the session they are asked in; an admin where only admins are heard.</summary>
    public static async Task<TestPerson> ForAsync(TestHouse house, ApiOperation operation)
    {
        var person = await house.PersonAsync();
        if (!operation.Path.StartsWith(AdminPaths, StringComparison.Ordinal))
            return person;
        using var promoted = await (await house.AdminAsync()).Client.PatchAsJsonAsync($"{AdminPaths}/people/{person.Id}", new { role = "admin" });
        promoted.EnsureSuccessStatusCode();
        return person;
    }

    /// <summary>Undoes what a well-formed one of them may have decided for the whole house.</summary>
    public static async Task TidyAsync(TestHouse house)
    {
        var admin = (await house.AdminAsync()).Client;
        using var writing = await admin.DeleteAsync($"{AdminPaths}/house/read-only");
        writing.EnsureSuccessStatusCode();
        using var registering = await admin.PutAsJsonAsync($"{AdminPaths}/house/registration", new { mode = "open" });
        registering.EnsureSuccessStatusCode();
    }
}
