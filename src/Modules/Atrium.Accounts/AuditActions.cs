namespace Atrium.Accounts;

/// <summary>What this module writes into the audit log. Never renamed: old rows keep these words.</summary>
internal static class AuditActions
{
    public const string Registered = "accounts.registered";
    public const string SignedIn = "accounts.signed-in";
    public const string SignInFailed = "accounts.sign-in-failed";
    public const string SignedOut = "accounts.signed-out";
    public const string PasswordChanged = "accounts.password-changed";
    public const string SessionEnded = "accounts.session-ended";
    public const string OtherSessionsEnded = "accounts.other-sessions-ended";
    public const string RoleChanged = "accounts.role-changed";
    public const string Suspended = "accounts.suspended";
    public const string Reinstated = "accounts.reinstated";
    public const string InvitationMade = "accounts.invitation-made";
    public const string InvitationTakenBack = "accounts.invitation-taken-back";
    public const string SignedOutByAdmin = "accounts.signed-out-by-admin";
    public const string EmailChanged = "accounts.email-changed";
    public const string GroupMade = "accounts.group-made";
    public const string GroupChanged = "accounts.group-changed";
    public const string GroupDissolved = "accounts.group-dissolved";
    public const string MemberAdded = "accounts.member-added";
    public const string MemberRemoved = "accounts.member-removed";
    public const string RegistrationChosen = "accounts.registration-chosen";
    public const string NewPeopleChosen = "accounts.new-people-chosen";
    public const string Announced = "accounts.announced";
    public const string AnnouncementWithdrawn = "accounts.announcement-withdrawn";
    public const string ChangesStopped = "accounts.changes-stopped";
    public const string ChangesAllowed = "accounts.changes-allowed";
}
