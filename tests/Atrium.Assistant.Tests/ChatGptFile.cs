using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Atrium.Assistant.Tests;

/// <summary>Builds exports in ChatGPT's shape.</summary>
internal sealed class ChatGptFile
{
    public const double Begun = 1_736_209_400.5;

    private readonly Dictionary<string, object?> nodes = new() { ["root"] = new { id = "root", message = (object?)null, parent = (string?)null, children = Array.Empty<string>() } };
    private double time = Begun;

    public string Id { get; init; } = "6778-conversation";

    public string? Title { get; init; } = "Postgres or SQLite";

    public string Current { get; set; } = "";

    public ChatGptFile Say(string key, string parent, string role, string text) =>
        Add(key, parent, role, new { content_type = "text", parts = new[] { text } });

    public ChatGptFile Add(string key, string? parent, string role, object content, string recipient = "all", object? metadata = null, string? name = null, string status = "finished_successfully")
    {
        nodes[key] = new
        {
            id = key,
            message = new { id = key, author = new { role, name, metadata = new { } }, create_time = time++, content, status, recipient, weight = 1.0, metadata = metadata ?? new { model_slug = "gpt-4o" } },
            parent,
            children = Array.Empty<string>(),
        };
        Current = key;
        return this;
    }

    public object ToConversation() => new
    {
        title = Title,
        create_time = Begun,
        update_time = Begun + 100,
        mapping = nodes,
        current_node = Current,
        conversation_id = Id,
        id = Id,
        default_model_slug = "gpt-4o",
        is_archived = false,
    };

    public static byte[] Json(params ChatGptFile[] files) => JsonSerializer.SerializeToUtf8Bytes(files.Select(file => file.ToConversation()));

    public static byte[] Zip(params (string Name, byte[] Bytes)[] entries)
    {
        using var output = new MemoryStream();
        using (var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in entries)
            {
                using var stream = zip.CreateEntry(name).Open();
                stream.Write(bytes);
            }
        }
        return output.ToArray();
    }

    /// <summary>A talk with all that real ones hold: hidden instructions, thoughts, a tool, an edited question, a second answer.</summary>
    public static ChatGptFile Sample(string id = "6778-conversation")
    {
        var file = new ChatGptFile { Id = id };
        file.Add("hidden", "root", "user", new { content_type = "user_editable_context", user_profile = "I am a gardener.", user_instructions = "Be brief." });
        file.Say("q1", "hidden", "user", "Which is faster? 👍");
        file.Add("t1", "q1", "assistant", new { content_type = "thoughts", thoughts = new[] { new { summary = "Comparing", content = "Both are fast." } } });
        file.Add("r1", "t1", "assistant", new { content_type = "reasoning_recap", content = "Thought for 5 seconds" });
        file.Add("c1", "r1", "assistant", new { content_type = "code", language = "python", text = "print(6 * 7)" }, recipient: "python");
        file.Add("o1", "c1", "tool", new { content_type = "execution_output", text = "42" }, name: "python");
        file.Say("a1", "o1", "assistant", "It depends.");
        file.Add("q2", "a1", "user", new { content_type = "multimodal_text", parts = new object[] { new { content_type = "image_asset_pointer", asset_pointer = "file-service://file-abc", width = 10, height = 20 }, "And this?" } });
        file.Say("a2", "q2", "assistant", "A chart.");
        file.Say("q2b", "a1", "user", "And on two cores?");
        file.Say("a2b", "q2b", "assistant", "SQLite.");
        return file;
    }

    public static byte[] Text(string json) => Encoding.UTF8.GetBytes(json);
}
