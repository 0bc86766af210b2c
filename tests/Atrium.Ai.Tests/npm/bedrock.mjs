// Talks to a simulator with Amazon's own client and prints what it understood as one JSON object. The simulator checks its signatures.
import { BedrockRuntimeClient, ConverseCommand, ConverseStreamCommand, InvokeModelCommand } from "@aws-sdk/client-bedrock-runtime";
import { NodeHttpHandler } from "@smithy/node-http-handler";

const [endpoint, secretAccessKey] = process.argv.slice(2);
const make = (accessKeyId, more = {}) => new BedrockRuntimeClient({
  endpoint, region: "us-east-1", maxAttempts: 1, requestHandler: new NodeHttpHandler(), credentials: { accessKeyId, secretAccessKey, ...more },
});
const client = make("AKIASIMULATED");
const modelId = "us.anthropic.sim-reasoner-v1:0";
const ask = (text, more = {}) => ({ modelId, messages: [{ role: "user", content: [{ text }] }], ...more });
const toolConfig = { tools: [{ toolSpec: { name: "weather", description: "Tells the weather.", inputSchema: { json: { type: "object", properties: {} } } } }] };

async function streamed(text, more = {}) {
  const result = { text: "", reason: null, total: null, chunks: 0, input: "", thought: "", signature: "" };
  for await (const event of (await client.send(new ConverseStreamCommand(ask(text, more)))).stream) {
    result.chunks++;
    result.text += event.contentBlockDelta?.delta?.text ?? "";
    result.input += event.contentBlockDelta?.delta?.toolUse?.input ?? "";
    result.thought += event.contentBlockDelta?.delta?.reasoningContent?.text ?? "";
    result.signature += event.contentBlockDelta?.delta?.reasoningContent?.signature ?? "";
    result.reason = event.messageStop?.stopReason ?? result.reason;
    result.total = event.metadata?.usage?.totalTokens ?? result.total;
  }
  return result;
}

async function failure(work) {
  try {
    await work();
    return null;
  } catch (error) {
    return { name: error.name, status: error.$metadata?.httpStatusCode ?? null, code: null };
  }
}

const send = (input, from = client) => from.send(new ConverseCommand(input));
const whole = await send(ask("Hello"));
const called = await send(ask("sim:tool=weather", { toolConfig }));
const use = called.output.message.content[0].toolUse;
const after = await send({
  modelId, toolConfig,
  messages: [
    { role: "user", content: [{ text: "sim:tool=weather" }] }, called.output.message,
    { role: "user", content: [{ toolResult: { toolUseId: use.toolUseId, content: [{ text: "Sunny" }] } }] },
  ],
});
const seen = await send({ modelId, messages: [{ role: "user", content: [{ text: "What is this?" }, { image: { format: "png", source: { bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47]) } } }] }] });
const invoked = await client.send(new InvokeModelCommand({ modelId: "amazon.titan-embed-text-v2:0", contentType: "application/json", body: JSON.stringify({ inputText: "one" }) }));
const thoughts = await streamed("sim:reasoning");

console.log(JSON.stringify({
  whole: { text: whole.output.message.content[0].text, reason: whole.stopReason, total: whole.usage.totalTokens },
  streamed: await streamed("Hello"),
  split: await streamed("chào 👋 sim:bytes=1"),
  tool: { name: use.name, arguments: use.input, reason: called.stopReason },
  streamedTool: (await streamed("sim:tool=weather", { toolConfig })).reason,
  thought: thoughts.thought,
  signature: thoughts.signature,
  afterTool: after.output.message.content[0].text,
  seen: seen.output.message.content[0].text,
  embedding: JSON.parse(Buffer.from(invoked.body).toString()).embedding.length,
  arn: (await send(ask("Hello", { modelId: "arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.sim-v1:0" }))).stopReason,
  session: (await send(ask("Hello"), make("ASIASIMULATED", { sessionToken: "sim-session-token" }))).stopReason,
  errors: {
    key: await failure(() => send(ask("Hi"), make("bad"))),
    secret: await failure(() => send(ask("Hi"), make("AKIASIMULATED", { secretAccessKey: "another" }))),
    expired: await failure(() => send(ask("Hi"), make("ASIASIMULATED", { sessionToken: "expired" }))),
    model: await failure(() => send(ask("Hi", { modelId: "missing-model" }))),
    rate: await failure(() => send(ask("sim:429"))),
    quota: await failure(() => send(ask("sim:quota"))),
    server: await failure(() => send(ask("sim:500"))),
    overloaded: await failure(() => send(ask("sim:503"))),
    request: await failure(() => send({ modelId, messages: [] })),
    inside: await failure(() => streamed("sim:error")),
    damaged: await failure(() => streamed("sim:broken")),
  },
}));
