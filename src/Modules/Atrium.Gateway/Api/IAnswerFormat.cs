using System.Text.Json;
using Atrium.Contracts.Gateway;
using Microsoft.Extensions.AI;

namespace Atrium.Gateway.Api;

/// <summary>A whole answer: its parts joined, in order.</summary>
internal sealed record ApiAnswer(IReadOnlyList<AIContent> Parts, ChatBilled Bill)
{
    public string Text => string.Concat(Parts.OfType<TextContent>().Select(part => part.Text));

    public string Reasoning => string.Concat(Parts.OfType<TextReasoningContent>().Select(part => part.Text));

    public IEnumerable<FunctionCallContent> Calls => Parts.OfType<FunctionCallContent>();
}

/// <summary>Writes one answer in a program's format, whole or as a stream. One instance for each answer.</summary>
internal interface IAnswerFormat
{
    void WriteWhole(Utf8JsonWriter json, ApiAnswer answer);

    void Begin(ApiStream stream);

    void Add(ApiStream stream, AIContent part);

    void End(ApiStream stream, ApiAnswer answer);

    /// <summary>What broke after the answer had begun.</summary>
    void Fail(ApiStream stream, ApiFailure failure);
}

/// <summary>What every format puts around an answer.</summary>
/// <param name="Model">Who really answers.</param>
internal sealed record AnswerHead(Guid Id, string Model, DateTimeOffset At)
{
    public string IdWith(string prefix) => prefix + Id.ToString("N");
}
