using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Atrium.Platform.Configuration;

namespace Atrium.Platform.Http;

/// <summary>
/// Certificates for <c>./atrium run --https</c>: an authority of this house alone, made on first start, and a server certificate under it.
/// People trust <see cref="AuthorityFile"/> once on their devices. Keys have mode 600; the authority may sign servers only (RFC 5280, path length 0).
/// </summary>
public sealed class LocalCertificates(HouseSettings settings, TimeProvider clock)
{
    private const string AuthorityKey = "local-authority.pem";
    private const string ServerKey = "local-server.pem";
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Letters of a common name (RFC 5280, ub-common-name).</summary>
    private const int LongestName = 64;

    /// <summary>Browsers refuse server certificates that live longer (CA/Browser Forum, 398 days).</summary>
    private static readonly TimeSpan ServerLifetime = TimeSpan.FromDays(397);
    private static readonly TimeSpan AuthorityLifetime = TimeSpan.FromDays(3650);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    /// <summary>The authority's certificate, without its key, for people to install.</summary>
    public string AuthorityFile => settings.DataFile("local-authority.crt");

    /// <returns>A certificate for the public address and the loopback names, with its key; renewed when it is about to end or names another host.</returns>
    public X509Certificate2 Server()
    {
        if (Read(ServerKey) is { } kept)
        {
            if (kept.NotAfter.ToUniversalTime() - clock.GetUtcNow().UtcDateTime > RenewBefore && kept.MatchesHostname(settings.PublicUrl.Host, allowWildcards: false))
                return kept;
            kept.Dispose();
        }
        using var authority = Read(AuthorityKey) ?? MakeAuthority();
        return Keep(ServerKey, MakeServer(authority));
    }

    private X509Certificate2 MakeAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(NameOf(settings.HouseName + " local authority"), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var now = clock.GetUtcNow();
        var authority = request.CreateSelfSigned(now.AddDays(-1), now + AuthorityLifetime);
        File.WriteAllText(AuthorityFile, authority.ExportCertificatePem());
        return Keep(AuthorityKey, authority);
    }

    private X509Certificate2 MakeServer(X509Certificate2 authority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(NameOf(settings.PublicUrl.Host), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        request.CertificateExtensions.Add(Names().Build());
        var now = clock.GetUtcNow();
        using var bare = request.Create(authority, now.AddDays(-1), now + ServerLifetime, RandomNumberGenerator.GetBytes(16));
        return bare.CopyWithPrivateKey(key);
    }

    private SubjectAlternativeNameBuilder Names()
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        if (IPAddress.TryParse(settings.PublicUrl.Host.Trim('[', ']'), out var address))
            names.AddIpAddress(address);
        else if (settings.PublicUrl.Host != "localhost")
            names.AddDnsName(settings.PublicUrl.Host);
        return names;
    }

    private X509Certificate2? Read(string name)
    {
        var file = Path.Combine(settings.DataFolder, "secrets", name);
        return File.Exists(file) ? X509Certificate2.CreateFromPemFile(file) : null;
    }

    private X509Certificate2 Keep(string name, X509Certificate2 certificate)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        HouseSecrets.WriteOwnerOnly(Path.Combine(settings.DataFolder, "secrets", name), certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        return certificate;
    }

    private static X500DistinguishedName NameOf(string text)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(text.Length <= LongestName ? text : text[..LongestName]);
        return name.Build();
    }
}
