using Microsoft.AspNetCore.OpenApi;

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
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Atrium";
            document.Info.Version = "1";
            document.Servers?.Clear();
            return Task.CompletedTask;
        });
    }
}
