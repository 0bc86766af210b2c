using Atrium.Accounts.House;
using Atrium.Accounts.Invitations;
using Atrium.Accounts.Passwords;
using Atrium.Accounts.People;
using Atrium.Accounts.Sessions;
using Atrium.Accounts.Setup;
using Atrium.Contracts.Accounts;
using Atrium.Platform.Lifecycle;
using Atrium.Platform.Modules;
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
        services.AddSingleton<SignInGuard>();
        services.AddHostedService<WatchSessionEnds>();
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
        CreateInvitation.Map(routes);
        ListInvitations.Map(routes);
        DeleteInvitation.Map(routes);
        ListSessions.Map(routes);
        EndSession.Map(routes);
        EndOtherSessions.Map(routes);
    }
}
