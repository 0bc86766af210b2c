using Atrium.Contracts.Gateway;
using Atrium.Platform.Data;
using Dapper;

namespace Atrium.Assistant.Conversations;

/// <summary>Names conversations where their costs are shown.</summary>
internal sealed class ConversationTitles(Database database) : IThingTitles
{
    private const int Piece = 100;

    public string Module => AssistantModule.Name;

    public async Task<IReadOnlyDictionary<Guid, string>> FindAsync(Guid personId, IReadOnlyCollection<Guid> things, CancellationToken cancellation)
    {
        var titles = new Dictionary<Guid, string>();
        foreach (var piece in things.Chunk(Piece))
        {
            var parameters = new DynamicParameters(new { personId });
            for (var index = 0; index < piece.Length; index++)
                parameters.Add("id" + index, piece[index]);
            var list = string.Join(", ", piece.Select((_, index) => "@id" + index));
            var rows = await database.QueryAsync<TitleRow>(
                $"SELECT id, title FROM assistant_conversations WHERE owner_id = @personId AND deleted_at IS NULL AND id IN ({list})", parameters, cancellation);
            foreach (var row in rows)
                titles[row.Id] = row.Title;
        }
        return titles;
    }

    internal sealed record TitleRow
    {
        public required Guid Id { get; init; }

        public required string Title { get; init; }
    }
}
