namespace Atrium.Accounts.People;

/// <summary>What a person sees of themselves.</summary>
internal sealed record MeResponse(Guid Id, string Username, string? Email, string Role, DateTimeOffset CreatedAt, Preferences Preferences)
{
    public static MeResponse Of(PersonRow person) =>
        new(person.Id, person.Username, person.Email, person.Role, person.CreatedAt, Preferences.Parse(person.Preferences));
}
