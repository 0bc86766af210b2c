using Atrium.Assistant.Personas;
using Atrium.Platform.Data;

namespace Atrium.Assistant.Conversations;

/// <summary>A conversation that is about to be stored.</summary>
internal sealed record NewConversation
{
    public required Guid Id { get; init; }

    public required Guid OwnerId { get; init; }

    public string Title { get; init; } = "";

    public required string Persona { get; init; }

    public string? Model { get; init; }

    public string? SystemPrompt { get; init; }

    public ModelParameters Parameters { get; init; } = ModelParameters.None;

    public required DateTimeOffset Now { get; init; }

    public static NewConversation For(Guid ownerId, string? persona, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        return new NewConversation { Id = Guid.CreateVersion7(now), OwnerId = ownerId, Persona = persona ?? PersonaList.Default.Id, Now = now };
    }

    public void Insert(WriteUnit unit) =>
        unit.Execute(
            """
            INSERT INTO assistant_conversations (id, owner_id, title, search_title, title_source, persona, model, system_prompt, parameters, is_pinned, cost, created_at, updated_at)
            VALUES (@Id, @OwnerId, @Title, @SearchTitle, @TitleSource, @Persona, @Model, @SystemPrompt, @Parameters, @IsPinned, 0, @Now, @Now)
            """,
            new
            {
                Id,
                OwnerId,
                Title,
                SearchTitle = PlainText.Fold(Title),
                TitleSource = Title.Length > 0 ? Conversations.TitleSource.Person : Conversations.TitleSource.None,
                Persona,
                Model,
                SystemPrompt,
                Parameters = StoredJson.Write(Parameters),
                IsPinned = false,
                Now,
            });
}
