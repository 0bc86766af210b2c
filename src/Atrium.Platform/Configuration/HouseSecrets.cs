using System.Security.Cryptography;

namespace Atrium.Platform.Configuration;

/// <summary>Secrets of the instance that the operator did not set: 32 random bytes each, in files of mode 600 in <c>secrets/</c> of the data folder.</summary>
public sealed class HouseSecrets(HouseSettings settings)
{
    private const int Length = 32;
    private const string Master = "master";
    private const string NextMaster = "master.next";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private volatile bool isNextInForce;

    /// <summary>Signs access tokens. Losing it only signs people out.</summary>
    public byte[] TokenSecret => settings.TokenSecret ?? Read("jwt") ?? Create("jwt");

    /// <returns>The master key, or null when neither the setting nor the file has it.</returns>
    public byte[]? FindMasterKey() => isNextInForce ? settings.NextMasterKey : settings.MasterKey ?? Read(Master);

    /// <summary>Only for a house that has no sealed keys yet.</summary>
    public byte[] CreateMasterKey() => Create(Master);

    /// <returns>The key that a rotation changes to, or null when none has begun.</returns>
    public byte[]? FindNextMasterKey() => settings.NextMasterKey ?? (settings.MasterKey is null ? Read(NextMaster) : null);

    /// <exception cref="InvalidOperationException">The master key is a setting; then the next one must be too.</exception>
    public byte[] CreateNextMasterKey() =>
        settings.MasterKey is null ? Create(NextMaster)
        : throw new InvalidOperationException("API_KEY_ENCRYPTION_SECRET is a setting: set API_KEY_ENCRYPTION_SECRET_NEXT to the key to change to.");

    /// <summary>From now on the next master key is the master key. Call it when all keys are wrapped under it.</summary>
    public void PromoteNextMasterKey()
    {
        if (settings.NextMasterKey is not null)
            isNextInForce = true;
        else if (File.Exists(FileOf(NextMaster)))
            File.Move(FileOf(NextMaster), FileOf(Master), overwrite: true);
    }

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
        // Under its own name only when it is whole: a crash in between must not leave an empty key.
        var aside = file + ".part";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using (var stream = new FileStream(aside, options))
        {
            using (var writer = new StreamWriter(stream, leaveOpen: true))
                writer.Write(text);
            stream.Flush(flushToDisk: true);
        }
        File.Move(aside, file, overwrite: mode == FileMode.Create);
    }
}
