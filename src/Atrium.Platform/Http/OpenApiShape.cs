using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Atrium.Platform.Http;

/// <summary>The OpenAPI document: slices nest their Request and Response, so a schema is named after slice and type.</summary>
internal static class OpenApiShape
{
    public static void Configure(OpenApiOptions options)
    {
        options.CreateSchemaReferenceId = type =>
        {
            var name = OpenApiOptions.CreateDefaultSchemaReferenceId(type);
            return name is not null && type.Type.DeclaringType is { } slice ? slice.Name + name : name;
        };
        options.AddSchemaTransformer(DescribeOptionalAsync);
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Atrium";
            document.Info.Version = "1";
            document.Servers?.Clear();
            return Task.CompletedTask;
        });
    }

    // To a client an optional field is its value or null; that it may be absent is said by not requiring it.
    private static async Task DescribeOptionalAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        var type = context.JsonTypeInfo.Type;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(Optional<>))
            return;
        var value = await context.GetOrCreateSchemaAsync(type.GetGenericArguments()[0], null, cancellation);
        schema.Type = (value.Type ?? JsonSchemaType.Object) | JsonSchemaType.Null;
        schema.Format = value.Format;
        schema.Properties = value.Properties;
    }
}
