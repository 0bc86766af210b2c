using Atrium.Contracts.Gateway;

namespace Atrium.Gateway.WholeCalls;

internal static class WholeFailures
{
    /// <summary>Offline Lite makes neither vectors nor pictures.</summary>
    public static readonly ChatFailure ModelUnknown = new("model-not-found", "No provider for this model is set up. Name one as provider/model, or choose a provider under Settings, API Provider.");

    public static ChatFailure PictureUnreadable(string provider) => new("answer-unreadable", $"{provider} named the address of its picture, and nothing could be read there. It may have been charged.");
}
