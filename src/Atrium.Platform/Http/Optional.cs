using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atrium.Platform.Http;

/// <summary>A field of a request whose absence means something else than null.</summary>
[JsonConverter(typeof(OptionalJsonConverter))]
public readonly record struct Optional<T>(bool IsGiven, T? Value)
{
    /// <returns>What was given, which may be null, else the current value.</returns>
    public T? Or(T? current) => IsGiven ? Value : current;
}

internal sealed class OptionalJsonConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(Optional<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Converter<T> : JsonConverter<Optional<T>>
    {
        public override bool HandleNull => true;

        public override Optional<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                return new Optional<T>(true, JsonSerializer.Deserialize<T>(ref reader, options));
            }
            catch (JsonException exception)
            {
                // Without the inner path, so that the serializer around this one names the field.
                throw new JsonException(exception.Message, exception);
            }
        }

        public override void Write(Utf8JsonWriter writer, Optional<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Value, options);
    }
}
