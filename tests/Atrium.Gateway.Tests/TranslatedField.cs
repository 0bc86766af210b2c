using System.Text.Json.Nodes;

namespace Atrium.Gateway.Tests;

/// <summary>A field that a program may send.</summary>
/// <param name="Title">As the page says it.</param>
/// <param name="Members">Members that come on top of a plain request, as JSON; MARK is in what the program asks.</param>
/// <param name="Traces">What a provider's request has in it when the field was kept: one of these, without white space.</param>
internal sealed record TranslatedField(string Title, string Members, params string[] Traces)
{
    private const string Picture = "iVBORw==";
    private const string Pdf = "JVBERi0xLjc=";
    private const string ChatTool = """{"type":"function","function":{"name":"weather","description":"Tells the weather.","parameters":{"type":"object","properties":{"city":{"type":"string"}}}STRICT}}""";
    private const string MessageTool = """{"name":"weather","description":"Tells the weather.","input_schema":{"type":"object","properties":{"city":{"type":"string"}}}STRICT}""";
    private const string ResponseTool = """{"type":"function","name":"weather","description":"Tells the weather.","parameters":{"type":"object","properties":{"city":{"type":"string"}}}STRICT}""";
    private const string Schema = """{"type":"object","properties":{"shape_of_it":{"type":"string"}},"required":["shape_of_it"],"additionalProperties":false}""";

    private static readonly string[] Strictly = ["\"strict\":true", "\"strict_tools\":true", "\"isStrict\":true"];
    private static readonly string[] NotParallel = ["\"parallel_tool_calls\":false", "\"disable_parallel_tool_use\":true"];
    private static readonly string[] Forced = ["\"name\":\"weather\"},\"type\"", "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"weather\"}}", "\"tool_choice\":{\"type\":\"tool\",\"name\":\"weather\"", "\"allowedFunctionNames\":[\"weather\"]", "\"tool\":{\"name\":\"weather\"}", "\"tool_choice\":\"REQUIRED\"", "\"toolChoice\":{\"type\":\"FUNCTION\",\"name\":\"weather\"}"];
    private static readonly string[] High = ["\"reasoning_effort\":\"high\"", "\"effort\":\"high\"", "\"thinkingLevel\":\"HIGH\"", "\"budget_tokens\":", "\"think\":\"high\"", "\"think\":true", "\"reasoningEffort\":\"HIGH\"", "\"thinking\":{\"type\":\"enabled\"}"];
    private static readonly string[] Look = ["\"detail\":\"low\"", "\"detail\":\"LOW\""];

    public static readonly IReadOnlyList<TranslatedField> Chat =
    [
        new("`system` and `developer` messages", Say("""{"role":"developer","content":"You are an otter."},""", "MARK"), "otter"),
        new("`cache_control` of parts", """{"messages":[{"role":"system","content":[{"type":"text","text":"You are an otter.","cache_control":{"type":"ephemeral","ttl":"1h"}}]},{"role":"user","content":"MARK"}]}""", "\"ttl\":\"1h\"", "cachePoint"),
        new("`name` of a message", """{"messages":[{"role":"user","name":"Ada-7","content":"MARK"}]}""", "Ada-7"),
        new("picture as a data URL", Parts($$$$"""{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{{Picture}}}}"}}"""), Picture),
        new("picture by its address", Parts("""{"type":"image_url","image_url":{"url":"https://example.org/a.png"}}"""), "https://example.org/a.png"),
        new("`detail` of a picture", Parts($$$$"""{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{{Picture}}}}","detail":"low"}}"""), Look),
        new("`file`: a PDF", Parts($$$$"""{"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,{{{{Pdf}}}}"}}"""), Pdf),
        new("`input_audio`", Parts("""{"type":"input_audio","input_audio":{"data":"UklGRg==","format":"wav"}}"""), "UklGRg=="),
        new("`tools`", $$$$"""{"tools":[{{{{ChatTool.Replace("STRICT", "")}}}}]}""", "Tells the weather."),
        new("`strict` of a tool", $$$$"""{"tools":[{{{{ChatTool.Replace("STRICT", ",\"strict\":true")}}}}]}""", Strictly),
        new("`tool_choice`: one tool", $$$$"""{"tools":[{{{{ChatTool.Replace("STRICT", "")}}}}],"tool_choice":{"type":"function","function":{"name":"weather"}}}""", Forced),
        new("`parallel_tool_calls: false`", $$$$"""{"tools":[{{{{ChatTool.Replace("STRICT", "")}}}}],"parallel_tool_calls":false}""", NotParallel),
        new("calls and results of tools", Say("""{"role":"user","content":"x"},{"role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Huế 7\"}"}}]},{"role":"tool","tool_call_id":"call_1","content":"Sunny, 31"},""", "MARK", ChatTool.Replace("STRICT", "")), "Sunny,31"),
        new("`max_completion_tokens`, `max_tokens`", """{"max_completion_tokens":321}""", ":321"),
        new("`temperature`", """{"temperature":0.37}""", "0.37"), new("`top_p`", """{"top_p":0.83}""", "0.83"),
        new("`presence_penalty`, `frequency_penalty`", """{"presence_penalty":0.21}""", "0.21"), new("`seed`", """{"seed":424242}""", "424242"), new("`stop`", """{"stop":["HALT"]}""", "HALT"),
        new("`response_format`: json_schema", $$$$"""{"response_format":{"type":"json_schema","json_schema":{"name":"thing","schema":{{{{Schema}}}}}}}""", "shape_of_it"),
        new("`strict` of a json_schema", $$$$"""{"response_format":{"type":"json_schema","json_schema":{"name":"thing","strict":true,"schema":{{{{Schema}}}}}}}""", [.. Strictly, "\"format\":{\"type\":\"json_schema\""]),
        new("`reasoning_effort`", """{"reasoning_effort":"high"}""", High), new("`logprobs`, `top_logprobs`", """{"logprobs":true,"top_logprobs":3}""", "\"top_logprobs\":3"),
        new("`logit_bias`", """{"logit_bias":{"50256":-100}}""", "50256"), new("`n` above 1", """{"n":2}""", "\"n\":2"), new("`user`, `safety_identifier`", """{"user":"u-777"}""", "u-777"),
        new("`service_tier`", """{"service_tier":"default"}""", "\"service_tier\":\"default\"", "standard_only", "\"serviceTier\":{\"type\":\"default\"}"), new("`metadata`, `store`", """{"metadata":{"trip":"m-777"}}""", "m-777"),
        new("`prompt_cache_key`, `prediction`, `verbosity`", """{"prompt_cache_key":"k-777"}""", "k-777"), new("`modalities`, `audio`: sound out", """{"modalities":["text","audio"],"audio":{"voice":"alloy","format":"wav"}}""", "alloy"),
        new("`web_search_options`", """{"web_search_options":{"search_context_size":"low"}}""", "search_context_size"), new("`functions`, `function_call`", """{"functions":[{"name":"old","parameters":{"type":"object"}}]}""", "\"old\""),
    ];

    public static readonly IReadOnlyList<TranslatedField> Messages =
    [
        new("`system` in blocks", """{"system":[{"type":"text","text":"You are an otter."},{"type":"text","text":"You like rivers."}]}""", "Youlikerivers."),
        new("`cache_control` of blocks and tools", """{"system":[{"type":"text","text":"You are an otter.","cache_control":{"type":"ephemeral","ttl":"1h"}}]}""", "\"ttl\":\"1h\"", "cachePoint"),
        new("picture in base64", Parts($$$$"""{"type":"image","source":{"type":"base64","media_type":"image/png","data":"{{{{Picture}}}}"}}"""), Picture),
        new("picture by its address", Parts("""{"type":"image","source":{"type":"url","url":"https://example.org/a.png"}}"""), "https://example.org/a.png"),
        new("`document`: a PDF", Parts($$$$"""{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"{{{{Pdf}}}}"}}"""), Pdf),
        new("`document`: text", Parts("""{"type":"document","source":{"type":"text","media_type":"text/plain","data":"Page seven"}}"""), "Pageseven"),
        new("`tools`", $$$$"""{"tools":[{{{{MessageTool.Replace("STRICT", "")}}}}]}""", "Tells the weather."), new("`strict` of a tool", $$$$"""{"tools":[{{{{MessageTool.Replace("STRICT", ",\"strict\":true")}}}}]}""", Strictly),
        new("`tool_choice`: one tool", $$$$"""{"tools":[{{{{MessageTool.Replace("STRICT", "")}}}}],"tool_choice":{"type":"tool","name":"weather"}}""", Forced),
        new("`disable_parallel_tool_use`", $$$$"""{"tools":[{{{{MessageTool.Replace("STRICT", "")}}}}],"tool_choice":{"type":"auto","disable_parallel_tool_use":true}}""", NotParallel),
        new("`tool_use` and `tool_result`", Turns("\"Sunny, 31\""), "Sunny,31"), new("picture in a `tool_result`", Turns($$$$"""[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"{{{{Picture}}}}"}}]"""), Picture),
        new("`max_tokens`", """{"max_tokens":321}""", ":321"), new("`temperature`", """{"temperature":0.37}""", "0.37"), new("`top_p`", """{"top_p":0.83}""", "0.83"), new("`top_k`", """{"top_k":37}""", ":37"),
        new("`stop_sequences`", """{"stop_sequences":["HALT"]}""", "HALT"), new("`thinking`: a budget", """{"thinking":{"type":"enabled","budget_tokens":12000},"max_tokens":20000}""", [.. High, "12000"]),
        new("`output_config.effort`", """{"thinking":{"type":"adaptive"},"output_config":{"effort":"high"},"max_tokens":20000}""", High),
        new("`output_config.format`: a schema", $$$$"""{"output_config":{"format":{"type":"json_schema","schema":{{{{Schema}}}}}}}""", "shape_of_it"), new("`metadata.user_id`", """{"metadata":{"user_id":"u-777"}}""", "u-777"),
        new("`service_tier`", """{"service_tier":"standard_only"}""", "\"service_tier\":\"default\"", "standard_only", "\"serviceTier\":{\"type\":\"default\"}"), new("`container` and other fields of its own", """{"container":"c-777"}""", "c-777"),
        new("tools that run at Anthropic", """{"tools":[{"type":"web_search_20250305","name":"web_search"}]}""", "web_search_20250305"),
    ];

    public static readonly IReadOnlyList<TranslatedField> Responses =
    [
        new("`instructions`", """{"instructions":"You are an otter."}""", "otter"), new("`input_image` and its `detail`", Input($$$$"""{"type":"input_image","image_url":"data:image/png;base64,{{{{Picture}}}}","detail":"low"}"""), Look),
        new("`input_file`: a PDF", Input($$$$"""{"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,{{{{Pdf}}}}"}"""), Pdf), new("`tools`", $$$$"""{"tools":[{{{{ResponseTool.Replace("STRICT", "")}}}}]}""", "Tells the weather."),
        new("`strict` of a tool", $$$$"""{"tools":[{{{{ResponseTool.Replace("STRICT", ",\"strict\":true")}}}}]}""", Strictly), new("`tool_choice`: one tool", $$$$"""{"tools":[{{{{ResponseTool.Replace("STRICT", "")}}}}],"tool_choice":{"type":"function","name":"weather"}}""", Forced),
        new("`parallel_tool_calls: false`", $$$$"""{"tools":[{{{{ResponseTool.Replace("STRICT", "")}}}}],"parallel_tool_calls":false}""", NotParallel), new("`max_output_tokens`", """{"max_output_tokens":321}""", ":321"),
        new("`temperature`, `top_p`", """{"temperature":0.37}""", "0.37"), new("`text.format`: json_schema", $$$$"""{"text":{"format":{"type":"json_schema","name":"thing","schema":{{{{Schema}}}}}}}""", "shape_of_it"),
        new("`text.verbosity`", """{"text":{"verbosity":"low"}}""", "\"verbosity\":\"low\""), new("`reasoning.effort`", """{"reasoning":{"effort":"high"}}""", High), new("`top_logprobs`", """{"include":["message.output_text.logprobs"],"top_logprobs":3}""", "\"top_logprobs\":3"),
        new("`user`, `safety_identifier`", """{"user":"u-777"}""", "u-777"), new("`service_tier`", """{"service_tier":"default"}""", "\"service_tier\":\"default\"", "standard_only", "\"serviceTier\":{\"type\":\"default\"}"), new("`metadata`", """{"metadata":{"trip":"m-777"}}""", "m-777"),
        new("`previous_response_id`, `conversation`, `prompt`, `background`", """{"previous_response_id":"resp_1"}""", "resp_1"), new("tools that run at OpenAI", """{"tools":[{"type":"web_search"}]}""", "web_search"),
    ];

    public JsonObject Body(JsonObject plain, string mark)
    {
        foreach (var (name, value) in JsonNode.Parse(Members.Replace("MARK", mark, StringComparison.Ordinal))!.AsObject().ToList())
            plain[name] = value?.DeepClone();
        return plain;
    }

    private static string Say(string before, string question, string? tool = null) =>
        $$$$"""{"messages":[{{{{before}}}}{"role":"user","content":"{{{{question}}}}"}]""" + (tool is null ? "}" : $",\"tools\":[{tool}]}}");

    private static string Parts(string part) => $$$$"""{"messages":[{"role":"user","content":[{"type":"text","text":"MARK"},{{{{part}}}}]}]}""";

    private static string Input(string part) => $$$$"""{"input":[{"role":"user","content":[{"type":"input_text","text":"MARK"},{{{{part}}}}]}]}""";

    private static string Turns(string result) =>
        $$$$"""{"messages":[{"role":"user","content":"x"},{"role":"assistant","content":[{"type":"tool_use","id":"toolu_1","name":"weather","input":{"city":"Hue"}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":{{{{result}}}}},{"type":"text","text":"MARK"}]}],"tools":[{{{{MessageTool.Replace("STRICT", "")}}}}]}""";
}
