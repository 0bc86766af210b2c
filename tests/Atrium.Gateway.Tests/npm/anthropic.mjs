// Talks to Atrium with Anthropic's own client; only the address and the key are changed. Prints what it understood as one JSON object.
import Anthropic from "@anthropic-ai/sdk";

const [baseURL, apiKey, model, vision, strict] = process.argv.slice(2);
const client = new Anthropic({ baseURL, apiKey, maxRetries: 0 });
const ask = (content, more = {}) => ({ model, max_tokens: 200, messages: [{ role: "user", content }], ...more });
const tools = [{ name: "weather", description: "Tells the weather.", input_schema: { type: "object", properties: { city: { type: "string" } } } }];

async function failure(work) {
  try {
    await work();
    return null;
  } catch (error) {
    return { name: error.constructor.name, status: error.status ?? null, code: error.error?.error?.type ?? null };
  }
}

async function streamed(content) {
  let events = 0;
  const message = await client.messages.stream(ask(content)).on("streamEvent", () => events++).finalMessage();
  return { text: message.content.map((block) => block.text ?? "").join(""), reason: message.stop_reason, events, output: message.usage.output_tokens };
}

async function cancelled() {
  const stream = await client.messages.create(ask("sim:words=5000 sim:speed=20", { stream: true }));
  for await (const _ of stream) stream.controller.abort();
  return stream.controller.signal.aborted;
}

const whole = await client.messages.create(ask("Hello", { system: [{ type: "text", text: "Be terse.", cache_control: { type: "ephemeral" } }] }));
const called = await client.messages.stream(ask("sim:tool=weather", { tools })).finalMessage();
const use = called.content.find((block) => block.type === "tool_use");
const after = await client.messages.create({
  model, max_tokens: 200, tools,
  messages: [
    { role: "user", content: "sim:tool=weather" },
    { role: "assistant", content: called.content },
    { role: "user", content: [{ type: "tool_result", tool_use_id: use.id, content: "Sunny" }] },
  ],
});
const picture = [{ type: "text", text: "What is this?" }, { type: "image", source: { type: "base64", media_type: "image/png", data: "iVBORw==" } }];
const seen = await client.messages.create({ ...ask(picture), model: vision });
const models = [];
for await (const item of client.models.list()) models.push(item.id);

console.log(JSON.stringify({
  whole: { text: whole.content[0].text, reason: whole.stop_reason, output: whole.usage.output_tokens },
  streamed: await streamed("Hello"),
  split: await streamed("chào 👋 sim:bytes=1"),
  tool: { name: use.name, arguments: JSON.stringify(use.input), reason: called.stop_reason },
  afterTool: after.content[0].text,
  seen: seen.content[0].text,
  models: models.length,
  cancelled: await cancelled(),
  errors: {
    key: await failure(() => new Anthropic({ baseURL, apiKey: "atr_bad", maxRetries: 0 }).messages.create(ask("Hi"))),
    model: await failure(() => client.messages.create({ ...ask("Hi"), model: "missing-model" })),
    rate: await failure(() => client.messages.create(ask("sim:429"))),
    server: await failure(() => client.messages.create(ask("sim:500"))),
    request: await failure(() => client.messages.create({ model, max_tokens: 5, messages: [] })),
    inside: strict === "strict" ? await failure(() => streamed("sim:error")) : null,
  },
}));
