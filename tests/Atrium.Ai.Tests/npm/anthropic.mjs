// Talks to a simulator with Anthropic's own client and prints what it understood as one JSON object.
import Anthropic from "@anthropic-ai/sdk";

const [baseUrl] = process.argv.slice(2);
const baseURL = baseUrl.replace(/\/v1$/, "");
const client = new Anthropic({ baseURL, apiKey: "sim-key", maxRetries: 0 });
const ask = (content, more = {}) => ({ model: "sim-fast", max_tokens: 1000, messages: [{ role: "user", content }], ...more });
const tools = [{ name: "weather", description: "Tells the weather.", input_schema: { type: "object", properties: {} } }];
const text = (message) => message.content.filter((block) => block.type === "text").map((block) => block.text).join("");

async function failure(work) {
  try {
    await work();
    return null;
  } catch (error) {
    return { name: error.constructor.name, status: error.status ?? null, code: error.error?.error?.type ?? null };
  }
}

async function streamed(content, more = {}) {
  const events = [];
  const stream = client.messages.stream(ask(content, more));
  for await (const event of stream) events.push(event.type);
  const message = await stream.finalMessage();
  return { text: text(message), reason: message.stop_reason, input: message.usage.input_tokens, output: message.usage.output_tokens, events: events.length, content: message.content };
}

const whole = await client.messages.create(ask("Hello"));
const picture = [{ type: "text", text: "What is this?" }, { type: "image", source: { type: "base64", media_type: "image/png", data: "iVBORw==" } }];
const called = await streamed("sim:tool=weather", { tools });
const use = called.content.find((block) => block.type === "tool_use");
const after = await client.messages.create({
  model: "sim-fast", max_tokens: 1000, tools,
  messages: [
    { role: "user", content: "sim:tool=weather" },
    { role: "assistant", content: called.content },
    { role: "user", content: [{ type: "tool_result", tool_use_id: use.id, content: "Sunny" }] },
  ],
});
const thought = await streamed("sim:reasoning");
const models = [];
for await (const model of client.models.list()) models.push(model.id);

console.log(JSON.stringify({
  whole: { text: text(whole), reason: whole.stop_reason, total: whole.usage.input_tokens + whole.usage.output_tokens },
  streamed: await streamed("Hello"),
  split: await streamed("chào 👋 sim:bytes=1"),
  tool: { name: use.name, arguments: use.input, reason: called.reason },
  thought: thought.content.map((block) => block.type),
  signed: thought.content[0].signature,
  afterTool: text(after),
  seen: text(await client.messages.create(ask(picture, { model: "sim-vision" }))),
  models,
  errors: {
    key: await failure(() => new Anthropic({ baseURL, apiKey: "bad", maxRetries: 0 }).messages.create(ask("Hi"))),
    model: await failure(() => client.messages.create(ask("Hi", { model: "missing-model" }))),
    rate: await failure(() => client.messages.create(ask("sim:429"))),
    overloaded: await failure(() => client.messages.create(ask("sim:503"))),
    server: await failure(() => client.messages.create(ask("sim:500"))),
    request: await failure(() => client.messages.create(ask("Hi", { messages: [] }))),
    inside: await failure(() => streamed("sim:error")),
  },
}));
