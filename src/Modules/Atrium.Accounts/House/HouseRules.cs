using Atrium.Platform.Configuration;
using Atrium.Platform.Data;
using Atrium.Platform.Security;

namespace Atrium.Accounts.House;

internal enum AnnouncementTone
{
    Info,
    Warning,
}

/// <summary>What admins have decided for the whole house.</summary>
internal sealed record HouseRules
{
    private const string Select = "SELECT registration, new_role, new_preferences, announcement, announcement_tone, announced_at, announced_until FROM accounts_house WHERE id = 1";

    /// <summary>Null: as the operator has set it.</summary>
    public string? Registration { get; init; }

    public required string NewRole { get; init; }

    /// <summary>Preferences of a new person, as JSON; what is not in it has its default.</summary>
    public required string NewPreferences { get; init; }

    public string? Announcement { get; init; }

    public required string AnnouncementTone { get; init; }

    public DateTimeOffset? AnnouncedAt { get; init; }

    public DateTimeOffset? AnnouncedUntil { get; init; }

    /// <summary>Before anybody has decided anything.</summary>
    private static readonly HouseRules Undecided = new() { NewRole = Roles.User, NewPreferences = "{}", AnnouncementTone = "info" };

    public static async Task<HouseRules> ReadAsync(Database database, CancellationToken cancellation) =>
        await database.QuerySingleOrDefaultAsync<HouseRules>(Select, null, cancellation) ?? Undecided;

    /// <param name="assignments">Part of the statement, so never a person's text.</param>
    public static void Change(WriteUnit unit, string assignments, object? parameters = null)
    {
        unit.Execute(
            "INSERT INTO accounts_house (id, new_role, new_preferences, announcement_tone) VALUES (1, @NewRole, @NewPreferences, @AnnouncementTone) ON CONFLICT (id) DO NOTHING",
            Undecided);
        unit.Execute("UPDATE accounts_house SET " + assignments, parameters);
    }

    /// <summary>The stricter of what the operator allows and what an admin has chosen: an admin cannot open what the operator has closed.</summary>
    public RegistrationMode RegistrationWithin(HouseSettings settings) =>
        Registration is null ? settings.Registration : (RegistrationMode)Math.Max((int)settings.Registration, (int)Enum.Parse<RegistrationMode>(Registration, ignoreCase: true));

    /// <returns>Null when there is none, or its time is over.</returns>
    public AnnouncementItem? AnnouncementAt(DateTimeOffset now) =>
        Announcement is not null && (AnnouncedUntil is null || AnnouncedUntil > now)
            ? new AnnouncementItem(Announcement, Enum.Parse<AnnouncementTone>(AnnouncementTone, ignoreCase: true), AnnouncedAt!.Value, AnnouncedUntil)
            : null;
}

/// <summary>What everybody who is signed in should read.</summary>
internal sealed record AnnouncementItem(string Text, AnnouncementTone Tone, DateTimeOffset At, DateTimeOffset? Until);
