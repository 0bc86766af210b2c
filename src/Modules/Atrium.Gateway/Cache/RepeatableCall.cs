using System.Text.Json;

namespace Atrium.Gateway.Cache;

/// <summary>What decides whether the same request has the same answer.</summary>
internal readonly record struct RepeatableCall(string? Model, bool HasNoChance)
{
    /// <summary>A model that is asked to take no chances (<c>temperature</c> 0) gives the same answer again; vectors are always the same.</summary>
    /// <returns>Null for what is no request.</returns>
    public static RepeatableCall? Read(ReadOnlySpan<byte> body, bool isAlwaysTheSame)
    {
        string? model = null;
        var hasNoChance = isAlwaysTheSame;
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
                return null;
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                var isModel = reader.ValueTextEquals("model"u8);
                var isTemperature = reader.ValueTextEquals("temperature"u8);
                reader.Read();
                if (isModel && reader.TokenType is JsonTokenType.String)
                    model = reader.GetString();
                else if (isTemperature)
                    hasNoChance = reader.TokenType is JsonTokenType.Number && reader.TryGetDouble(out var temperature) && temperature == 0;
                reader.Skip();
            }
            return new RepeatableCall(model, hasNoChance);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
