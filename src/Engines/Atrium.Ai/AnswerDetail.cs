using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Atrium.Ai;

/// <summary>Something a provider says of its answer that is no part of the words, such as how likely each was. Comes only where it was asked for, or stopped it.</summary>
/// <param name="name">One of this type's constants.</param>
/// <param name="value">As the provider said it.</param>
public sealed class AnswerDetail(string name, JsonElement value) : AIContent
{
    /// <summary>A list of tokens with their probabilities, in OpenAI's form: those of the words since the last such detail.</summary>
    public const string Logprobs = "logprobs";

    /// <summary>The stop sequence at which the answer ended, as text.</summary>
    public const string StopSequence = "stop_sequence";

    /// <summary>Which detail it is.</summary>
    public string Name { get; } = name;

    /// <summary>As the provider said it.</summary>
    public JsonElement Value { get; } = value;
}
