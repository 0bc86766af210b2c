using Atrium.Platform.Configuration;
using Atrium.Platform.Lifecycle;

namespace Atrium.Accounts.Setup;

/// <summary>Until there is an admin, each start leaves the set-up token in its file and prints the link.</summary>
internal sealed class OfferSetup(FirstAdmin firstAdmin, SetupToken token, HouseSettings settings) : IStartTask
{
    public async Task StartAsync(CancellationToken cancellation)
    {
        if (await firstAdmin.ExistsAsync(cancellation))
        {
            token.Delete();
            return;
        }
        await firstAdmin.ReleaseUnusedAsync(cancellation);
        await Console.Out.WriteLineAsync($"Open {new Uri(settings.PublicUrl, "setup")}#{token.Ensure()} to make the first admin");
    }
}
