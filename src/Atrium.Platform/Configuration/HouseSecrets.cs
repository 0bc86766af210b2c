using System.Security.Cryptography;

namespace Atrium.Platform.Configuration;

/// <summary>Secrets of the instance that the operator did not set: 32 random bytes each, in files of mode 600 in <c>secrets/</c> of the data folder.</summary>
public sealed class HouseSecrets(HouseSettings settings)
{
    private const int Length = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Signs access tokens. Losing it only signs people out.</summary>
    public byte[] TokenSecret => settings.TokenSecret ?? Read("jwt") ?? Create("jwt");

    /// <returns>The master key, or null when neither the setting nor the file has it.</returns>
    public byte[]? FindMasterKey() => settings.MasterKey ?? Read("master");

    /// <summary>Only for a house that has no sealed keys yet.</summary>
    public byte[] CreateMasterKey() => Create("master");

    private string FileOf(string name) => Path.Combine(settings.DataFolder, "secrets", name + ".key");

    private byte[]? Read(string name)
    {
        var file = FileOf(name);
        if (!File.Exists(file))
            return null;
        var text = File.ReadAllText(file).Trim();
        return text.Length == Length * 2 && text.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(text)
            : throw new InvalidOperationException($"The secret file {Path.GetFileName(file)} is damaged: it must hold {Length * 2} hexadecimal digits.");
    }

    private byte[] Create(string name)
    {
        var secret = RandomNumberGenerator.GetBytes(Length);
        WriteOwnerOnly(FileOf(name), Convert.ToHexStringLower(secret), FileMode.CreateNew);
        return secret;
    }

    /// <summary>Writes a file that only its owner can read, in a folder that only its owner can enter, down to the disk.</summary>
    internal static void WriteOwnerOnly(string file, string text, FileMode mode = FileMode.Create)
    {
        var folder = Path.GetDirectoryName(file)!;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using var stream = new FileStream(file, options);
        using (var writer = new StreamWriter(stream, leaveOpen: true))
            writer.Write(text);
        stream.Flush(flushToDisk: true);
    }
}
