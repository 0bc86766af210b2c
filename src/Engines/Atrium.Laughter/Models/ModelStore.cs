using System.Security.Cryptography;
using Atrium.Laughter.Network;

namespace Atrium.Laughter.Models;

/// <summary>A model in the store.</summary>
/// <param name="Name">File name.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">Its checksum, lower-case hexadecimal.</param>
/// <param name="Known">The known file with this checksum, or null.</param>
public sealed record StoredModel(string Name, string Path, long Bytes, string Sha256, string? Known);

/// <summary>
/// The operator's models: a folder of ONNX files. A file is taken in only after its weights were read, and verifying
/// also runs the official test; the weights themselves are not part of this product.
/// </summary>
public sealed class ModelStore(string folder)
{
    /// <summary>The models that are there, by name.</summary>
    public IReadOnlyList<StoredModel> List() => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateFiles(folder, "*.onnx").Order(StringComparer.Ordinal).Select(Describe)];

    /// <summary>The model to use: the first by name, or null when there is none.</summary>
    public string? Default => List() is [var first, ..] ? first.Path : null;

    /// <summary>Takes a model in: reads its weights and copies it, with the files that hold its values.</summary>
    /// <exception cref="ModelException">It is no YAMNet that this engine can read.</exception>
    public StoredModel Add(string path)
    {
        var parts = OnnxYamnet.Parts(path);
        Directory.CreateDirectory(folder);
        foreach (var part in parts)
            CopyWhole(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, part), Path.Combine(folder, part));
        var target = Path.Combine(folder, Path.GetFileNameWithoutExtension(path) + ".onnx");
        CopyWhole(path, target);
        return Describe(target);
    }

    /// <summary>Reads a model of the store again and runs the official test on it.</summary>
    /// <exception cref="ModelException">It is not there or can no longer be read.</exception>
    public IReadOnlyList<VerifiedSignal> Verify(string name) => ModelVerification.Verify(Yamnet.Load(Find(name)));

    /// <summary>Downloads a known model, checks its size and checksum, and takes it in.</summary>
    /// <param name="http">The client to download with; limits of address and time are its own.</param>
    /// <param name="model">What to download.</param>
    /// <param name="progress">Is told the bytes that have come so far.</param>
    /// <param name="cancellation">Ends the download.</param>
    /// <exception cref="ModelException">What came is not the known file.</exception>
    public async Task<StoredModel> PullAsync(HttpClient http, KnownModel model, IProgress<long>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(model);
        Directory.CreateDirectory(folder);
        var partial = Path.Combine(folder, model.Name + ".partial");
        try
        {
            await using (var target = File.Create(partial))
            {
                await using var source = await http.GetStreamAsync(model.Address, cancellation);
                await CopyAsync(source, target, model.Bytes, progress, cancellation);
            }

            if (Checksum(partial) != model.Sha256)
                throw new ModelException("checksum", "What was downloaded is not the known model: its checksum differs.");
            OnnxYamnet.Parts(partial);
            var path = Path.Combine(folder, model.Name + ".onnx");
            File.Move(partial, path, overwrite: true);
            return Describe(path);
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private string Find(string name) =>
        List().FirstOrDefault(model => model.Name == name || Path.GetFileNameWithoutExtension(model.Name) == name)?.Path
        ?? throw new ModelException("not-found", "There is no such model.");

    private static async Task CopyAsync(Stream source, Stream target, long bytes, IProgress<long>? progress, CancellationToken cancellation)
    {
        var buffer = new byte[1 << 16];
        long copied = 0;
        while (await source.ReadAsync(buffer, cancellation) is var read and > 0)
        {
            copied += read;
            if (copied > bytes)
                throw new ModelException("checksum", "What was downloaded is not the known model: it is larger.");
            await target.WriteAsync(buffer.AsMemory(0, read), cancellation);
            progress?.Report(copied);
        }
    }

    private static StoredModel Describe(string path)
    {
        var checksum = Checksum(path);
        return new StoredModel(
            Path.GetFileName(path), path, new FileInfo(path).Length, checksum,
            KnownModel.All.FirstOrDefault(model => model.Sha256 == checksum)?.Name);
    }

    private static string Checksum(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>Copies under another name first, so that a half-written model never counts as one.</summary>
    private static void CopyWhole(string source, string target)
    {
        if (Path.GetFullPath(source) == Path.GetFullPath(target))
            return;
        File.Copy(source, target + ".partial", overwrite: true);
        File.Move(target + ".partial", target, overwrite: true);
    }
}
