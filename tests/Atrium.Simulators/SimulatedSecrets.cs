using System.Globalization;
using System.Security.Cryptography;

namespace Atrium.Simulators;

/// <summary>Secrets that the simulators know, because what they check is made with them and does not carry them.</summary>
public static class SimulatedSecrets
{
    /// <summary>The other half of every AWS access key.</summary>
    public const string AwsSecretAccessKey = "sim-secret-access-key-0123456789-do-not-leak";

    /// <summary>The token that IBM Cloud's identity service makes as its n-th: three parts, of which clients read the times in the middle one.</summary>
    public static string IamToken(int number) => $"eyJhbGciOiJub25lIn0.eyJpYXQiOjE3NjAwMDAwMDAsImV4cCI6NDEwMjQ0NDgwMH0.sim-token-{number}-do-not-leak";

    private static readonly Lazy<RSA> OciKey = new(() => RSA.Create(2048));

    /// <summary>The private half of every Oracle Cloud signing key, made anew in each process.</summary>
    public static string OciPrivateKeyPem => OciKey.Value.ExportPkcs8PrivateKeyPem();

#pragma warning disable CA5351 // MD5 is how the service names keys; nothing rests on it.
    /// <summary>How Oracle Cloud names the key.</summary>
    public static string OciFingerprint { get; } = string.Join(':', MD5.HashData(OciKey.Value.ExportSubjectPublicKeyInfo()).Select(value => value.ToString("x2", CultureInfo.InvariantCulture)));
#pragma warning restore CA5351

    internal static bool VerifiesOci(byte[] data, byte[] signature)
    {
        lock (OciKey)
            return OciKey.Value.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }
}
