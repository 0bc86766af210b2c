using Atrium.Assistant.Messages;
using Atrium.Platform.Data;

namespace Atrium.Assistant.Browser;

/// <summary>Answers that a browser has made.</summary>
internal static class BrowserAnswers
{
    /// <returns>True when this generation was the person's and made by their browser.</returns>
    public static async Task<bool> IsKnownAsync(Database database, Guid generationId, Guid ownerId, CancellationToken cancellation) =>
        await database.ScalarAsync<long>(
            "SELECT COUNT(*) FROM assistant_messages WHERE generation_id = @generationId AND owner_id = @ownerId AND origin = @Origin",
            new { generationId, ownerId, Origin = MessageOrigin.Browser },
            cancellation) > 0;
}
