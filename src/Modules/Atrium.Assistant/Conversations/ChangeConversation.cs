using Atrium.Assistant.Messages;
using Atrium.Assistant.Personas;
using Atrium.Platform.Data;
using Atrium.Platform.Http;
using Atrium.Platform.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Assistant.Conversations;

/// <summary>Changes what was given and leaves the rest. Null resets a model, a system prompt and parameters.</summary>
internal static partial class ChangeConversation
{
    public sealed record Request
    {
        public Optional<string> Title { get; init; }

        public Optional<string> Persona { get; init; }

        public Optional<string> Model { get; init; }

        public Optional<string> SystemPrompt { get; init; }

        public Optional<ModelParameters> Parameters { get; init; }

        /// <summary>drop-oldest, compact or stop.</summary>
        public Optional<string> ContextMode { get; init; }

        public Optional<bool?> Pinned { get; init; }

        /// <summary>Any message: the branch shown is the one to the newest leaf below it.</summary>
        public Optional<Guid?> LeafId { get; init; }

        public (string Field, string Text)? FindFault()
        {
            if (Title is { IsGiven: true } && ConversationTitle.Clean(Title.Value) is not { Length: <= Conversation.TitleLength })
                return ("title", $"A title has 1 to {Conversation.TitleLength} letters.");
            if (Persona is { IsGiven: true } && PersonaList.Find(Persona.Value) is null)
                return ("persona", "There is no such persona.");
            if (Model.Value is { Length: > Conversation.ModelLength })
                return ("model", $"A model's name has at most {Conversation.ModelLength} letters.");
            if (SystemPrompt.Value is { Length: > Conversation.SystemPromptLength })
                return ("systemPrompt", $"A system prompt has at most {Conversation.SystemPromptLength} letters.");
            if (ContextMode is { IsGiven: true } && !Context.ContextMode.All.Contains(ContextMode.Value))
                return ("contextMode", $"This is one of: {string.Join(", ", Context.ContextMode.All)}.");
            if (Pinned is { IsGiven: true, Value: null })
                return ("pinned", "This is true or false.");
            if (LeafId is { IsGiven: true, Value: null })
                return ("leafId", "This is the id of a message.");
            return Parameters.Value?.FindFault();
        }
    }

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPatch("/api/conversations/{id:guid}", Handle)
            .WithName("ChangeConversation")
            .WithSummary("Changes title, persona, model, prompt, parameters, pin or the branch shown")
            .WithTags(AssistantModule.Name)
            .RequireAuthorization(Policies.SignedIn)
            .WithLimit(LimitClass.Default);

    private static async Task<Results<Ok<Conversation>, ProblemHttpResult>> Handle(Guid id, Request request, Caller caller, Database database, CancellationToken cancellation)
    {
        if (request.FindFault() is var (field, text))
            return Problems.Invalid(field, text);
        if (await database.WriteAsync(unit => Change(unit, id, caller.PersonId, request), cancellation) is { } problem)
            return problem;
        return await Conversation.FindAsync(database, id, caller.PersonId, cancellation) is { } conversation ? TypedResults.Ok(conversation) : Problems.NotFound();
    }

    private static ProblemHttpResult? Change(WriteUnit unit, Guid id, Guid ownerId, Request request)
    {
        var row = unit.QuerySingleOrDefault<ConversationRow>(
            $"SELECT {ConversationRow.Columns} FROM assistant_conversations c WHERE c.id = @id AND c.owner_id = @ownerId AND c.deleted_at IS NULL {unit.Dialect.ForUpdate}",
            new { id, ownerId });
        if (row is null)
            return Problems.NotFound();
        var leafId = row.LeafId;
        if (request.LeafId.Value is { } wanted && (leafId = MessageTree.NewestLeaf(unit, id, wanted)) is null)
            return Problems.Invalid("leafId", "This conversation has no such message.");
        var title = ConversationTitle.Clean(request.Title.Value) ?? row.Title;
        unit.Execute(
            """
            UPDATE assistant_conversations
            SET title = @Title, search_title = @SearchTitle, title_source = @TitleSource, persona = @Persona, model = @Model, system_prompt = @SystemPrompt,
                parameters = @Parameters, context_mode = @ContextMode, is_pinned = COALESCE(@Pinned, is_pinned), leaf_id = @LeafId
            WHERE id = @Id
            """,
            new
            {
                Title = title,
                SearchTitle = PlainText.Fold(title),
                TitleSource = request.Title.IsGiven ? TitleSource.Person : row.TitleSource,
                Persona = request.Persona.Or(row.Persona),
                Model = Given(request.Model, row.Model),
                SystemPrompt = Given(request.SystemPrompt, row.SystemPrompt),
                Parameters = request.Parameters.IsGiven ? StoredJson.Write(request.Parameters.Value ?? ModelParameters.None) : row.Parameters,
                ContextMode = request.ContextMode.Or(row.ContextMode),
                Pinned = request.Pinned.Value,
                LeafId = leafId,
                Id = id,
            });
        return null;
    }

    private static string? Given(Optional<string> field, string? current)
    {
        var value = field.Or(current);
        return string.IsNullOrEmpty(value) ? null : PlainText.Clean(value);
    }
}
