// Talks to a simulator with Cohere's own client and prints what it understood as one JSON object.
import { CohereClient, CohereClientV2 } from "cohere-ai";

const [environment] = process.argv.slice(2);
const make = (token) => new CohereClientV2({ environment, token, maxRetries: 0 });
const client = make("sim-key");
const once = { maxRetries: 0 };
const ask = (content, more = {}) => ({ model: "sim-fast", messages: [{ role: "user", content }], ...more });
const tools = [{ type: "function", function: { name: "weather", description: "Tells the weather.", parameters: { type: "object", properties: {} } } }];

async function streamed(content, more = {}) {
  const result = { text: "", thinking: "", reason: null, total: null, chunks: 0, arguments: "" };
  for await (const event of await client.chatStream(ask(content, more), once)) {
    result.chunks++;
    if (event.type === "content-delta") {
      result.text += event.delta?.message?.content?.text ?? "";
      result.thinking += event.delta?.message?.content?.thinking ?? "";
    }
    if (event.type === "tool-call-delta") result.arguments += event.delta.message.toolCalls.function.arguments;
    if (event.type === "message-end") {
      if (event.delta.finishReason === "ERROR") throw new Error(event.delta.error);
      result.reason = event.delta.finishReason;
      result.total = event.delta.usage.billedUnits.inputTokens + event.delta.usage.billedUnits.outputTokens;
    }
  }
  return result;
}

async function failure(work) {
  try {
    await work();
    return null;
  } catch (error) {
    return { name: error.constructor.name, status: error.statusCode ?? null, code: error.body?.message ? "message" : null };
  }
}

const whole = await client.chat(ask("Hello"));
const called = await client.chat(ask("sim:tool=weather", { tools }));
const call = called.message.toolCalls[0];
const after = await client.chat({
  model: "sim-fast", tools,
  messages: [{ role: "user", content: "sim:tool=weather" }, { role: "assistant", toolCalls: called.message.toolCalls, toolPlan: "Look." }, { role: "tool", toolCallId: call.id, content: "Sunny" }],
});
const picture = [{ type: "text", text: "What is this?" }, { type: "image_url", imageUrl: { url: "data:image/png;base64,iVBORw==" } }];
const seen = await client.chat(ask(picture, { model: "sim-vision" }));
const embedding = await client.embed({ model: "sim-embedding", texts: ["one", "two"], inputType: "search_document", embeddingTypes: ["float"] });
const models = await new CohereClient({ environment, token: "sim-key" }).models.list();

console.log(JSON.stringify({
  whole: { text: whole.message.content[0].text, reason: whole.finishReason, total: whole.usage.billedUnits.inputTokens + whole.usage.billedUnits.outputTokens },
  streamed: await streamed("Hello"),
  split: await streamed("chào 👋 sim:bytes=1"),
  tool: { name: call.function.name, arguments: JSON.parse(call.function.arguments), reason: called.finishReason },
  streamedTool: (await streamed("sim:tool=weather", { tools })).arguments,
  thinking: (await streamed("sim:reasoning", { model: "sim-reasoner" })).thinking,
  afterTool: after.message.content[0].text,
  seen: seen.message.content[0].text,
  embedding: embedding.embeddings.float.map((vector) => vector.length),
  models: models.models.map((model) => model.name),
  errors: {
    key: await failure(() => make("bad").chat(ask("Hi"), once)),
    model: await failure(() => client.chat(ask("Hi", { model: "missing-model" }), once)),
    rate: await failure(() => client.chat(ask("sim:429"), once)),
    server: await failure(() => client.chat(ask("sim:500"), once)),
    request: await failure(() => client.chat({ model: "sim-fast", messages: [] }, once)),
    inside: await failure(() => streamed("sim:error")),
  },
}));
