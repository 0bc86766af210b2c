using System.ComponentModel.DataAnnotations;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Assistant.Exports;

/// <summary>One conversation as a file.</summary>
internal static partial class ExportConversation
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/conversations/{id:guid}/export", Handle)
            .WithName("ExportConversation")
            .WithSummary("Downloads a conversation: its shown branch as Markdown, or all of it as JSON")
            .WithTags(AssistantModule.Name)
            .Produces<string>(StatusCodes.Status200OK, "text/markdown", ExportFormat.JsonType)
            .RequireAuthorization(Policies.SignedIn)
            .WithLimit(LimitClass.Default);

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> Handle(
        Guid id, Caller caller, HttpContext context, ConversationReader reader, CancellationToken cancellation, [AllowedValues(ExportFormat.Markdown, ExportFormat.Json)] string format = ExportFormat.Markdown)
    {
        if (await reader.FindAsync(id, caller.PersonId, cancellation) is not { } conversation)
            return Problems.NotFound();
        context.Response.Headers.CacheControl = "no-store";
        var name = MarkdownExport.NameOf(conversation);
        return format == ExportFormat.Json
            ? TypedResults.Stream(
                output => new JsonExport(reader).WriteAsync(output, new[] { conversation }.ToAsyncEnumerable(), caller.PersonId, cancellation),
                ExportFormat.JsonType,
                Path.ChangeExtension(name, ".json"))
            : TypedResults.Stream(output => new MarkdownExport(reader).WriteAsync(output, conversation, caller.PersonId, cancellation), ExportFormat.MarkdownType, name);
    }
}
