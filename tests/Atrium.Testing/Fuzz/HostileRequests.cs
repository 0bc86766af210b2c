using System.Text;
using System.Text.Json;

namespace Atrium.Testing.Fuzz;

/// <summary>Makes hostile requests for every operation of an OpenAPI document: fixed faults of each field, then random ones from a seed.</summary>
public static class HostileRequests
{
    private const string Json = "application/json";
    private const long HundredMegabytes = 100_000_000;

    private static readonly (string Type, string Text)[] Values =
    [
        ("null", "null"), ("boolean", "true"), ("integer", "7"), ("integer", "-1"), ("integer", "99999999999999999999"), ("number", "1.5"), ("number", "1e400"),
        ("string", "\"\""), ("string", "\"x\""), ("string", "\"\\u0000\""), ("string", "\"\\ud800\""), ("string", "\"' OR 1=1 --\""), ("string", "\"../../etc/passwd\""), ("string", "\"\\u202e<script>alert(1)</script>\""),
        ("array", "[]"), ("array", "[[[[]]]]"), ("array", "[null]"), ("object", "{}"), ("object", "{\"a\":{\"b\":{\"c\":[]}}}"),
    ];

    private static readonly string[] HostileSegments =
    [
        "x", "0", "-1", "null", "undefined", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "018f0000-0000-7000-8000-00000000000g",
        "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "%F0%9F%98%80", "%ED%A0%80", "%FF%FE", "'%20OR%201=1--", "%3Cscript%3E", "1e400", "99999999999999999999", "true", "[]", "%7B%7D",
    ];

    public static IEnumerable<HostileRequest> Of(IReadOnlyList<ApiOperation> operations, int randomPerOperation, int seed)
    {
        var random = new Random(seed);
        foreach (var operation in operations)
        {
            var requests = OfPath(operation).Concat(OfQuery(operation));
            if (operation.BodyType == Json)
                requests = requests.Concat(OfWholeBody(operation)).Concat(operation.BodyFields.SelectMany(field => OfField(operation, field))).Concat(Random(operation, randomPerOperation, random));
            else if (operation.BodyType is not null)
                requests = requests.Concat(OfForm(operation));
            else
                requests = requests.Append(Plain(operation, "{}"u8.ToArray(), Json, Expectation.NoFailure, "a body where none belongs"));
            foreach (var request in requests)
                yield return request;
        }
    }

    private static HostileRequest Plain(ApiOperation operation, byte[]? body, string? type, Expectation expectation, string why, string? field = null) =>
        new(operation, Target(operation, null, null), body, type, expectation, field, why);

    private static HostileRequest WithBody(ApiOperation operation, string body, Expectation expectation, string why, string? field = null) =>
        Plain(operation, Encoding.UTF8.GetBytes(body), Json, expectation, why, field);

    private static IEnumerable<HostileRequest> OfPath(ApiOperation operation) =>
        from field in operation.PathFields
        from segment in HostileSegments.Append(new string('a', 6000))
        let body = operation.BodyType == Json ? Encoding.UTF8.GetBytes(Example(operation)) : null
        select new HostileRequest(operation, Target(operation, (field.Name, segment), null), body, body is null ? null : Json, Expectation.Refused, null, $"path {field.Name}");

    private static IEnumerable<HostileRequest> OfQuery(ApiOperation operation)
    {
        foreach (var field in operation.QueryFields)
        {
            var others = string.Concat(operation.QueryFields.Where(other => other.IsRequired && other != field).Select(other => $"{other.Name}=abc&"));
            foreach (var segment in HostileSegments.Append("%00").Append(new string('a', 6000)))
                yield return new HostileRequest(operation, Target(operation, null, $"{others}{field.Name}={segment}"), null, null, Expectation.NoFailure, null, $"query {field.Name}");
            yield return new HostileRequest(operation, Target(operation, null, $"{others}{field.Name}=1&{field.Name}=2&{field.Name}"), null, null, Expectation.NoFailure, null, $"query {field.Name} given again");
            if (!field.Types.Contains("string"))
                yield return new HostileRequest(operation, Target(operation, null, $"{others}{field.Name}=notanumber"), null, null, Expectation.NamesTheField, field.Name, $"query {field.Name} of a wrong type");
        }
        yield return new HostileRequest(operation, Target(operation, null, "unknown=1&%00=%00&a[b][c]=d"), null, null, Expectation.NoFailure, null, "unknown query");
    }

    private static IEnumerable<HostileRequest> OfWholeBody(ApiOperation operation)
    {
        var missing = operation.IsBodyRequired ? Expectation.Refused : Expectation.NoFailure;
        yield return Plain(operation, null, null, missing, "no body");
        yield return Plain(operation, [], Json, missing, "empty body");
        yield return WithBody(operation, "null", missing, "null body");
        var example = Example(operation);
        foreach (var body in new[] { "[]", "\"text\"", "42", "true", "{", "{\"a\":", "}", "{\"a\":1}{\"b\":2}", "{'a':1}", "NaN", "<xml/>", "\0\0\0", "{\"\\ud800\":1}", "// a comment\n[]" })
            yield return WithBody(operation, body, Expectation.Refused, "not an object");
        yield return WithBody(operation, Deep(100), Expectation.Refused, "100 deep");
        yield return WithBody(operation, Deep(100_000), Expectation.Refused, "100,000 deep");
        yield return Plain(operation, [0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00], Json, Expectation.Refused, "UTF-16");
        yield return Plain(operation, [.. "{\"a\":\""u8, 0xc3, 0x28, .. "\"}"u8], Json, Expectation.NoFailure, "broken UTF-8 in an unknown field");
        foreach (var type in new[] { "text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/octet-stream" })
            yield return Plain(operation, Encoding.UTF8.GetBytes(example), type, Expectation.Refused, "a body of type " + type);
        yield return Plain(operation, Encoding.UTF8.GetBytes(example), null, Expectation.Refused, "a body without a type");
        yield return WithBody(operation, "{\"" + new string('k', 200_000) + "\":1," + example[1..], Expectation.NoFailure, "a name of 200,000 letters");
        yield return WithBody(operation, "{" + string.Join(',', Enumerable.Range(0, 20_000).Select(number => $"\"k{number}\":{number}")) + "}", Expectation.NoFailure, "20,000 unknown fields");
        yield return Plain(operation, [], Json, Expectation.Refused, "100 MB") with { ExtraBytes = HundredMegabytes };
        foreach (var field in operation.BodyFields)
        {
            var value = ExampleOf(field);
            yield return WithBody(operation, $"{{\"{field.Name}\":{value},\"{field.Name}\":{value}}}", Expectation.Refused, $"{field.Name} given twice");
        }
    }

    private static IEnumerable<HostileRequest> OfField(ApiOperation operation, ApiField field)
    {
        if (field.IsRequired)
            yield return WithBody(operation, Example(operation, field.Name, null), Expectation.NamesTheField, $"{field.Name} missing", field.Name);
        foreach (var (type, text) in Values)
        {
            var expectation = IsWrongType(field, type) ? Expectation.NamesTheField : Expectation.NoFailure;
            yield return WithBody(operation, Example(operation, field.Name, text), expectation, $"{field.Name} is {type}", field.Name);
        }
        yield return WithBody(operation, Example(operation, field.Name, Deep(100)), Expectation.Refused, $"{field.Name} 100 deep");
        if (!field.Types.Contains("string"))
            yield break;
        yield return WithBody(operation, Example(operation, field.Name, Quote(new string('a', 900_000))), field.MaximumLength is null ? Expectation.NoFailure : Expectation.NamesTheField, $"{field.Name} 900,000 long", field.Name);
        if (field.MaximumLength is { } maximum)
        {
            yield return WithBody(operation, Example(operation, field.Name, Quote(new string('a', maximum + 1))), Expectation.NamesTheField, $"{field.Name} one too long", field.Name);
            yield return WithBody(operation, Example(operation, field.Name, Quote(string.Concat(Enumerable.Repeat("😀", maximum / 2 + 1)))), Expectation.NamesTheField, $"{field.Name} too long in emoji", field.Name);
        }
    }

    // Numbers beyond a type's range are of a wrong type to a reader that knows the type.
    private static bool IsWrongType(ApiField field, string type) =>
        field.Types.Count > 0 && !field.Types.Contains(type) && !(type == "integer" && field.Types.Contains("number"));

    private static IEnumerable<HostileRequest> OfForm(ApiOperation operation)
    {
        const string Form = "multipart/form-data; boundary=x";
        yield return Plain(operation, null, null, Expectation.Refused, "no body");
        yield return Plain(operation, "{}"u8.ToArray(), Json, Expectation.Refused, "JSON instead of a form");
        foreach (var body in new[]
                 {
                     "", "--x--\r\n", "--x\r\n\r\n--x--", "--x\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nhello\r\n--x--\r\n",
                     "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\"\r\n\r\n\r\n--x--\r\n", "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nnever ends",
                     "--x\r\n" + new string('h', 50_000) + ": 1\r\n\r\nx\r\n--x--\r\n",
                 })
            yield return Plain(operation, Encoding.UTF8.GetBytes(body), Form, Expectation.Refused, "a broken form");
        yield return Plain(operation, [], Form, Expectation.Refused, "100 MB") with { ExtraBytes = HundredMegabytes };
    }

    private static IEnumerable<HostileRequest> Random(ApiOperation operation, int count, Random random)
    {
        for (var index = 0; index < count; index++)
        {
            var body = Encoding.UTF8.GetBytes("{" + string.Join(',', operation.BodyFields.Where(_ => random.Next(4) > 0).Select(field => $"\"{field.Name}\":{RandomValue(random, 0)}")) + "}");
            for (var flips = random.Next(3); flips > 0; flips--)
                body[random.Next(body.Length)] = (byte)random.Next(256);
            yield return Plain(operation, body, Json, Expectation.NoFailure, "random");
        }
    }

    private static string RandomValue(Random random, int depth) => random.Next(depth > 3 ? 5 : 7) switch
    {
        0 => "null",
        1 => random.Next(2) == 0 ? "true" : "false",
        2 => random.NextInt64(long.MinValue, long.MaxValue).ToString(System.Globalization.CultureInfo.InvariantCulture),
        3 => random.NextDouble().ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        4 => JsonSerializer.Serialize(string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => char.ConvertFromUtf32(random.Next(20) == 0 ? random.Next(0x1f300, 0x1f600) : random.Next(1, 0xd7ff))))),
        5 => "[" + string.Join(',', Enumerable.Range(0, random.Next(5)).Select(_ => RandomValue(random, depth + 1))) + "]",
        _ => "{" + string.Join(',', Enumerable.Range(0, random.Next(5)).Select(index => $"\"{(char)('a' + index)}\":{RandomValue(random, depth + 1)}")) + "}",
    };

    private static string Target(ApiOperation operation, (string Name, string Segment)? replaced, string? query)
    {
        var path = operation.Path;
        foreach (var field in operation.PathFields)
        {
            var segment = replaced is { } one && one.Name == field.Name ? one.Segment : "018f0000-0000-7000-8000-000000000000";
            path = path.Replace("{" + field.Name + "}", segment, StringComparison.Ordinal);
        }
        return query is null ? path : $"{path}?{query}";
    }

    private static string Example(ApiOperation operation, string? replaced = null, string? text = null) =>
        "{" + string.Join(',', operation.BodyFields.Where(field => field.IsRequired || field.Name == replaced)
            .Select(field => (field.Name, Text: field.Name == replaced ? text : ExampleOf(field))).Where(field => field.Text is not null).Select(field => $"\"{field.Name}\":{field.Text}")) + "}";

    private static string ExampleOf(ApiField field) =>
        field.Schema.TryGetProperty("enum", out var values) ? values[0].GetRawText()
        : field.Schema.TryGetProperty("format", out var format) && format.GetString() == "uuid" ? "\"018f0000-0000-7000-8000-000000000000\""
        : field.Types.Contains("string") ? "\"abc\""
        : field.Types.Contains("boolean") ? "true"
        : field.Types.Contains("integer") || field.Types.Contains("number") ? "1"
        : field.Types.Contains("array") ? "[]"
        : field.Types.Contains("object") ? "{}"
        : "null";

    private static string Quote(string text) => JsonSerializer.Serialize(text);

    private static string Deep(int depth) => string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
}
