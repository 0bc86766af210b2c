using Atrium.Platform.Telemetry;

namespace Atrium.Platform.Tests.Telemetry;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("calling with sk-proj-abcDEF123456789", "sk-proj-abcDEF123456789")]
    [InlineData("Authorization: Bearer abc.def-123", "abc.def-123")]
    [InlineData("token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "eyJzdWIiOiIxIn0")]
    [InlineData("postgres://atrium:pa55word@db/home failed", "pa55word")]
    [InlineData("{\"password\":\"hunter2hunter2\"}", "hunter2hunter2")]
    [InlineData("api_key=AIzaSyA1234567890abcdef", "AIzaSyA1234567890abcdef")]
    [InlineData("x-api-key: 0123456789abcdef", "0123456789abcdef")]
    [InlineData("Cookie: __Host-atrium=abcdef0123", "abcdef0123")]
    [InlineData("atr_9f8e7d6c5b4a39281706f5e4d3c2b1a0", "9f8e7d6c5b4a")]
    [Asvs("16.2.5")]
    public void Takes_secrets_out(string text, string secret) => Redaction.Clean(text).ShouldNotContain(secret);

    [Theory]
    [InlineData("The database does not answer: 127.0.0.1:5432")]
    [InlineData("POST /api/conversations/{id}/messages failed with 500")]
    [InlineData("secretary and tokens are ordinary words")]
    public void Leaves_ordinary_text_alone(string text) => Redaction.Clean(text).ShouldBe(text);
}
