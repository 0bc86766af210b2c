namespace Atrium.Laughter.Models;

/// <summary>A published model file that can be downloaded and told by its checksum.</summary>
/// <param name="Name">Short name.</param>
/// <param name="Address">Where it is published.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its checksum, lower-case hexadecimal.</param>
/// <param name="License">Its licence.</param>
public sealed record KnownModel(string Name, Uri Address, long Bytes, string Sha256, string License)
{
    /// <summary>The known files.</summary>
    public static IReadOnlyList<KnownModel> All { get; } =
    [
        new(
            "yamnet",
            new Uri("https://huggingface.co/andrelgomes/yamnet-onnx/resolve/8a03a1572569685c42fdbef54ff36435dbaaf689/yamnet.onnx"),
            16_093_603,
            "1510041dce24a2e9e84ec546807ac408ae496da6d1ed41bc3ccba649623f8e19",
            "Apache-2.0"),
    ];
}
