using System.CommandLine;
using Atrium.Platform.Configuration;
using Atrium.Platform.Data;
using Atrium.Platform.Security.Audit;

namespace Atrium.Host.Commands;

/// <summary><c>atrium audit verify</c>: exit code 0 when the audit log is whole, 1 when it is not.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var verify = new Command("verify", "Computes the audit log's chain of hashes anew; the house may be running.");
        verify.SetAction((_, cancellation) => VerifyAsync(cancellation));
        return new Command("audit", "The audit log: verify.") { verify };
    }

    private static async Task<int> VerifyAsync(CancellationToken cancellation)
    {
        await using var app = House.Build(SettingsLoader.FromEnvironment(Directory.GetCurrentDirectory()));
        try
        {
            var verdict = await app.Services.GetRequiredService<AuditLog>().VerifyAsync(cancellation);
            await Console.Out.WriteLineAsync(verdict.Fault ?? $"Whole: {verdict.Rows} rows. The last one's hash is {Convert.ToHexStringLower(verdict.HeadHash)}: noted outside this machine, it shows later that nothing before it was written anew.");
            return verdict.Fault is null ? 0 : 1;
        }
        catch (DatabaseUnavailableException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
    }
}
