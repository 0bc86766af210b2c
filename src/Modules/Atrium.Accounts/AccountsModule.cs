using Atrium.Accounts.Groups;
using Atrium.Accounts.House;
using Atrium.Accounts.Invitations;
using Atrium.Accounts.Passwords;
using Atrium.Accounts.People;
using Atrium.Accounts.Profiles;
using Atrium.Accounts.Sessions;
using Atrium.Accounts.Setup;
using Atrium.Contracts.Accounts;
using Atrium.Platform.Lifecycle;
using Atrium.Platform.Modules;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Atrium.Accounts;

public sealed class AccountsModule : IModule
{
    public static string Name => "accounts";

    public static void AddServices(IServiceCollection services)
    {
        services.AddValidation();
        services.AddSingleton<IPeople, PeopleDirectory>();
        services.TryAddSingleton<PasswordHasher>();
        services.AddSingleton<AccessTokens>().AddSingleton<RefreshTokens>().AddSingleton<SessionCookies>().AddSingleton<SessionIssuer>();
        services.AddSingleton<SetupToken>().AddSingleton<FirstAdmin>().AddSingleton<Registration>();
        services.AddSingleton<IStartTask, FillSkeletons>().AddSingleton<IStartTask, OfferSetup>();
        services.AddSingleton<SignInGuard>().AddSingleton<PictureEncoder>();
        services.AddSingleton<IEndedCallers, EndedSessions>();
        services.AddTransient<SessionAuthentication>();
        services.AddAuthenticationCore(options =>
        {
            options.AddScheme<SessionAuthentication>(SessionAuthentication.Scheme, displayName: null);
            options.DefaultScheme = SessionAuthentication.Scheme;
        });
    }

    public static void MapEndpoints(IEndpointRouteBuilder routes)
    {
        GetHouse.Map(routes);
        Register.Map(routes);
        SignIn.Map(routes);
        RefreshSession.Map(routes);
        SignOut.Map(routes);
        GetMe.Map(routes);
        VerifyPerson.Map(routes);
        ChangePreferences.Map(routes);
        ChangePassword.Map(routes);
        ListPeople.Map(routes);
        ChangePerson.Map(routes);
        EndPersonsSessions.Map(routes);
        CreateInvitation.Map(routes);
        ListInvitations.Map(routes);
        DeleteInvitation.Map(routes);
        ListSessions.Map(routes);
        EndSession.Map(routes);
        EndOtherSessions.Map(routes);
        MapProfiles(routes);
        MapGroups(routes);
        MapHouse(routes);
    }

    private static void MapProfiles(IEndpointRouteBuilder routes)
    {
        GetProfile.Map(routes);
        ChangeProfile.Map(routes);
        ChangeEmail.Map(routes);
        UploadPicture.Map(routes);
        RemovePicture.Map(routes);
        GetPicture.Map(routes);
        ListMyGroups.Map(routes);
    }

    private static void MapGroups(IEndpointRouteBuilder routes)
    {
        ListGroups.Map(routes);
        CreateGroup.Map(routes);
        ChangeGroup.Map(routes);
        DeleteGroup.Map(routes);
        ListMembers.Map(routes);
        AddMember.Map(routes);
        RemoveMember.Map(routes);
    }

    private static void MapHouse(IEndpointRouteBuilder routes)
    {
        GetNotices.Map(routes);
        GetHouseRules.Map(routes);
        ChooseRegistration.Map(routes);
        ChooseNewPeople.Map(routes);
        Announce.Map(routes);
        WithdrawAnnouncement.Map(routes);
        StopChanges.Map(routes);
        AllowChanges.Map(routes);
        ListLimits.Map(routes);
    }
}
