using System.Globalization;
using System.Runtime.InteropServices;
using Atrium.Simulators;

const int DefaultPort = 9099;

var port = DefaultPort;
for (var i = 0; i < args.Length; i++)
{
    var isPort = args[i] is "--port" && i + 1 < args.Length
        && int.TryParse(args[++i], NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is >= 0 and <= 65535;
    if (isPort)
        continue;
    Console.Error.WriteLine("Usage: simulate [--port 9099]");
    return 2;
}

var stopped = new TaskCompletionSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

await using var simulator = await SimulatorHost.StartAsync(port);
Console.WriteLine($"""
    Simulated AI providers. They speak the real wires and answer nonsense, for nothing.

      OpenAI     {simulator.OpenAiBaseUrl}
      Anthropic  {simulator.AnthropicBaseUrl}
      Gemini     {simulator.GeminiBaseUrl}
      Ollama     {simulator.OllamaBaseUrl}
      Azure      {simulator.BaseUrlOf("azure-openai")}
      Cohere     {simulator.BaseUrlOf("cohere-v2-chat")}
      Bedrock    {simulator.BaseUrlOf("bedrock-converse")}   secret access key {SimulatedSecrets.AwsSecretAccessKey}
      watsonx    {simulator.BaseUrlOf("watsonx-chat")}
      Oracle     {simulator.BaseUrlOf("oci-genai-chat")}   fingerprint {SimulatedSecrets.OciFingerprint}
      Replicate  {simulator.BaseUrlOf("replicate-predictions")}
      key        anything, e.g. sim-key
                 (bad… is refused, nocredit… has no credit, slow… is over its rate)
      models     sim-fast  sim-reasoner  sim-vision (OpenAI's also sim-embedding and sim-image), and any other name but missing…

    To let Atrium reach it, start Atrium with ATRIUM_PRIVATE_HOSTS={simulator.Address.Authority} and choose
    "OpenAI-compatible address" with the first base URL, or another provider with its own.

    Words in a prompt make it misbehave:
    {MagicWords.Explanation}

    Scripts: POST {simulator.Address}_script with a JSON list of replies, e.g. [{"{"}"text":"Hello","tokensPerSecond":5{"}"}];
    DELETE forgets them. What was asked: GET {simulator.Address}_requests.
    Ctrl+C ends it.
    """);
await stopped.Task;
return 0;

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopped.TrySetResult();
}
