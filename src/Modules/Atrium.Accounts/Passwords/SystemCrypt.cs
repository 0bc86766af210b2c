using System.Runtime.InteropServices;
using System.Text;

namespace Atrium.Accounts.Passwords;

/// <summary>The system's <c>crypt_rn(3)</c> of libxcrypt. Absent, or without bcrypt, it is not usable and says so.</summary>
internal static unsafe class SystemCrypt
{
    /// <summary>sizeof(struct crypt_data) of libxcrypt, which is part of its ABI.</summary>
    private const int DataLength = 32_768;

    private const string KnownPhrase = "U*U";
    private const string KnownHash = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";

    private static readonly delegate* unmanaged<byte*, byte*, byte*, int, byte*> Crypt = Load();

    /// <summary>The library is there and gives the published answer to a published question.</summary>
    public static bool IsUsable { get; } = Crypt is not null && Hash(Encoding.ASCII.GetBytes(KnownPhrase), KnownHash) == KnownHash;

    /// <param name="setting">A hash, or its first part up to the salt.</param>
    /// <returns>Null when the library refuses the setting.</returns>
    public static string? Hash(byte[] phrase, string setting)
    {
        var data = (byte*)NativeMemory.AllocZeroed(DataLength);
        var phraseLength = (nuint)phrase.Length + 1;
        var input = (byte*)NativeMemory.AllocZeroed(phraseLength);
        try
        {
            phrase.CopyTo(new Span<byte>(input, phrase.Length));
            fixed (byte* settingBytes = Encoding.ASCII.GetBytes(setting + "\0"))
                return Marshal.PtrToStringUTF8((nint)Crypt(input, settingBytes, data, DataLength));
        }
        finally
        {
            NativeMemory.Clear(data, DataLength);
            NativeMemory.Clear(input, phraseLength);
            NativeMemory.Free(data);
            NativeMemory.Free(input);
        }
    }

    private static delegate* unmanaged<byte*, byte*, byte*, int, byte*> Load()
    {
        foreach (var name in (string[])["libcrypt.so.1", "libcrypt.so.2"])
        {
            if (NativeLibrary.TryLoad(name, out var library) && NativeLibrary.TryGetExport(library, "crypt_rn", out var function))
                return (delegate* unmanaged<byte*, byte*, byte*, int, byte*>)function;
        }
        return null;
    }
}
