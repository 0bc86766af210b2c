using System.Globalization;

namespace Atrium.Laughter.Network.Onnx;

/// <summary>Where a tensor's values lie when they are kept in a file beside the model.</summary>
internal struct ExternalLocation()
{
    public bool IsExternal { get; set; }

    public string File { get; private set; } = "";

    public long Offset { get; private set; }

    public long? Length { get; private set; }

    /// <summary>Takes one key and value of the tensor's external data.</summary>
    public void Read(ReadOnlySpan<byte> entry)
    {
        string key = "", value = "";
        var fields = new ProtoReader(entry);
        while (fields.Next())
        {
            if (fields.Field == 1)
                key = fields.Text();
            else if (fields.Field == 2)
                value = fields.Text();
            else
                fields.Skip();
        }

        if (key == "location")
            File = value;
        else if (key == "offset")
            Offset = Number(value);
        else if (key == "length")
            Length = Number(value);
    }

    private static long Number(string value) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}
