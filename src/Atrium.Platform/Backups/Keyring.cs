using System.Formats.Tar;
using System.Security.Cryptography;
using Atrium.Platform.Configuration;
using Atrium.Platform.Data;

namespace Atrium.Platform.Backups;

/// <summary>
/// The only copy of the sealing keys outside their database: <c>keyring.latest</c> in the backup folder, encrypted under the master key
/// (AES-256-GCM, nonce ‖ tag ‖ ciphertext of a tar) and overwritten each time, never kept in versions.
/// </summary>
public sealed class Keyring(HouseSettings settings, HouseSecrets secrets, Databases databases)
{
    public const string FileName = "keyring.latest";

    private const int NonceLength = 12;
    private const int TagLength = 16;
    private static readonly byte[] Context = "atrium keyring 1"u8.ToArray();

    private string Location => Path.Combine(settings.BackupFolder, FileName);

    public bool Exists => File.Exists(Location);

    /// <summary>Overwrites the copy with today's keys. Does nothing before the house has a master key.</summary>
    public async Task WriteAsync(CancellationToken cancellation)
    {
        if (secrets.FindMasterKey() is not { } master)
            return;
        using var work = new TemporaryFolder();
        await StoreDump.WriteAsync(databases.Keys, work.Path, cancellation);
        using var plain = new MemoryStream();
        await TarFile.CreateFromDirectoryAsync(work.Path, plain, includeBaseDirectory: false, cancellation);
        Directory.CreateDirectory(settings.BackupFolder);
        var aside = Location + ".part";
        await using (var file = new FileStream(aside, FileMode.Create, FileAccess.Write))
        {
            file.Write(Encrypt(master, plain.ToArray()));
            file.Flush(flushToDisk: true);
        }
        File.Move(aside, Location, overwrite: true);
    }

    /// <summary>Loads the copy into the empty keys database.</summary>
    /// <exception cref="BackupException">The copy is missing, damaged, or encrypted under another master key.</exception>
    public async Task ReadAsync(CancellationToken cancellation)
    {
        if (!Exists)
            throw new BackupException($"{FileName} is missing in the backup folder: sealed keys and files would stay closed.");
        var master = secrets.FindMasterKey() ?? throw new BackupException("The master key is missing: set API_KEY_ENCRYPTION_SECRET, or bring the secrets folder.");
        using var work = new TemporaryFolder();
        using var plain = new MemoryStream(Decrypt(master, await File.ReadAllBytesAsync(Location, cancellation)));
        await TarFile.ExtractToDirectoryAsync(plain, work.Path, overwriteFiles: false, cancellation);
        await StoreDump.ReadAsync(databases.Keys, work.Path, cancellation);
    }

    private static byte[] Encrypt(byte[] master, byte[] plain)
    {
        var sealedBytes = new byte[NonceLength + TagLength + plain.Length];
        var nonce = sealedBytes.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(HKDF.DeriveKey(HashAlgorithmName.SHA256, master, 32, info: Context), TagLength);
        aes.Encrypt(nonce, plain, sealedBytes.AsSpan(NonceLength + TagLength), sealedBytes.AsSpan(NonceLength, TagLength), Context);
        return sealedBytes;
    }

    private static byte[] Decrypt(byte[] master, byte[] sealedBytes)
    {
        try
        {
            var plain = new byte[sealedBytes.Length - NonceLength - TagLength];
            using var aes = new AesGcm(HKDF.DeriveKey(HashAlgorithmName.SHA256, master, 32, info: Context), TagLength);
            aes.Decrypt(sealedBytes.AsSpan(0, NonceLength), sealedBytes.AsSpan(NonceLength + TagLength), sealedBytes.AsSpan(NonceLength, TagLength), plain, Context);
            return plain;
        }
        catch (Exception exception) when (exception is CryptographicException or OverflowException or ArgumentException)
        {
            throw new BackupException($"{FileName} cannot be opened: it is damaged, or the master key is another one.", exception);
        }
    }
}

/// <summary>A folder only its owner can read, gone when disposed.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("atrium-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
