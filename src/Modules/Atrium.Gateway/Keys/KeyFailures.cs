using Atrium.Platform.Data;
using Microsoft.Extensions.Logging;

namespace Atrium.Gateway.Keys;

/// <summary>Remembers why the newest call with a key failed, so that its owner finds it where the keys are. A good call forgets it.</summary>
internal sealed partial class KeyFailures(Database database, TimeProvider clock, ILogger<KeyFailures> logger)
{
    /// <summary>Never throws: the failure itself is what the asker must hear.</summary>
    public async Task NoteAsync(Guid? keyId, string code)
    {
        if (keyId is null)
            return;
        try
        {
            await database.ExecuteAsync(
                "UPDATE gateway_keys SET last_failure = @code, last_failed_at = @Now WHERE id = @keyId", new { code, Now = clock.GetUtcNow(), keyId }, CancellationToken.None);
        }
        catch (Exception exception) when (exception is DatabaseUnavailableException or StorageFullException)
        {
            LogNotNoted(exception, keyId.Value, code);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The failure of key {KeyId} could not be noted: {Code}")]
    private partial void LogNotNoted(Exception exception, Guid keyId, string code);
}
