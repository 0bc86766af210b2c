using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Atrium.Ai;

/// <summary>Small changes of a JSON object that leave every other byte as it is.</summary>
internal sealed class RelayEdits(ReadOnlyMemory<byte> body)
{
    public static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<(Range Place, byte[] Value)> _replacements = [];
    private readonly List<(byte[] Name, byte[] Value)> _members = [];

    public void Replace(Range place, byte[] value) => _replacements.Add((place, value));

    /// <summary>Adds a member of the outermost object.</summary>
    /// <param name="name">As JSON, with its quotes.</param>
    public void Insert(byte[] name, byte[] value) => _members.Add((name, value));

    /// <summary>The body itself where nothing changes.</summary>
    public ReadOnlyMemory<byte> Write()
    {
        if (_replacements.Count == 0 && _members.Count == 0)
            return body;
        var source = body.Span;
        var output = new ArrayBufferWriter<byte>(source.Length + 128);
        var at = source.IndexOf((byte)'{') + 1;
        output.Write(source[..at]);
        foreach (var (name, value) in _members)
        {
            output.Write(name);
            output.Write(":"u8);
            output.Write(value);
            output.Write(","u8);
        }
        foreach (var (place, value) in _replacements.OrderBy(replacement => replacement.Place.Start.Value))
        {
            output.Write(source[at..place.Start.Value]);
            output.Write(value);
            at = place.End.Value;
        }
        output.Write(source[at..]);
        return output.WrittenMemory;
    }
}
