using System.Security.Cryptography;
using System.Text;
using Atrium.Platform.Configuration;

namespace Atrium.Accounts.Setup;

/// <summary>The one-time secret that makes the first admin: a file that only the operator of the machine can read.</summary>
internal sealed class SetupToken(HouseSettings settings)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int SecretLength = 32;

    private string FilePath => settings.DataFile("setup-token");

    /// <returns>The token that lies there, or a new one.</returns>
    public string Ensure()
    {
        if (Find() is { Length: SecretLength * 2 } existing)
            return existing;
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretLength));
        Delete();
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using var writer = new StreamWriter(new FileStream(FilePath, options));
        writer.Write(token);
        return token;
    }

    public bool Matches(string typed) =>
        Find() is { } token && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(typed));

    public void Delete() => File.Delete(FilePath);

    private string? Find()
    {
        try
        {
            return File.ReadAllText(FilePath).Trim();
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
