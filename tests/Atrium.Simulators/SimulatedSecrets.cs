namespace Atrium.Simulators;

/// <summary>Secrets that the simulators know, because what they check is made with them and does not carry them.</summary>
public static class SimulatedSecrets
{
    /// <summary>The other half of every AWS access key.</summary>
    public const string AwsSecretAccessKey = "sim-secret-access-key-0123456789-do-not-leak";
}
