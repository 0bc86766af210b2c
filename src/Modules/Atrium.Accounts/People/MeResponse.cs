namespace Atrium.Accounts.People;

/// <summary>What a person sees of themselves.</summary>
/// <param name="AvatarId">What <c>/api/pictures/{id}</c> shows.</param>
internal sealed record MeResponse(
    Guid Id,
    string Username,
    string? DisplayName,
    string? Pronouns,
    string? About,
    Guid? AvatarId,
    Guid? BannerId,
    string? Email,
    string Role,
    DateTimeOffset CreatedAt,
    Preferences Preferences)
{
    public static MeResponse Of(PersonRow person) => new(
        person.Id,
        person.Username,
        person.DisplayName,
        person.Pronouns,
        person.About,
        person.AvatarId,
        person.BannerId,
        person.Email,
        person.Role,
        person.CreatedAt,
        Preferences.Parse(person.Preferences));
}
