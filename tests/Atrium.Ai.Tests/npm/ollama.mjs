// Talks to a simulator with Ollama's own client and prints what it understood as one JSON object.
import { Ollama } from "ollama";

const [host] = process.argv.slice(2);
const make = (key) => new Ollama({ host, headers: { Authorization: `Bearer ${key}` } });
const client = make("sim-key");
const ask = (content, more = {}) => ({ model: "sim-fast", messages: [{ role: "user", content }], ...more });
const tools = [{ type: "function", function: { name: "weather", description: "Tells the weather.", parameters: { type: "object", properties: {} } } }];
// The client prints about answers it does not expect; only the result belongs here.
console.log = () => {};

async function failure(work) {
  try {
    await work();
    return null;
  } catch (error) {
    return { name: error.name, status: error.status_code ?? null, code: null };
  }
}

async function streamed(content, more = {}) {
  const result = { text: "", thinking: "", reason: null, output: null, chunks: 0, calls: [] };
  for await (const part of await client.chat(ask(content, { stream: true, ...more }))) {
    result.chunks++;
    result.text += part.message.content;
    result.thinking += part.message.thinking ?? "";
    result.calls.push(...(part.message.tool_calls ?? []));
    result.reason = part.done_reason ?? result.reason;
    result.output = part.eval_count ?? result.output;
  }
  return result;
}

const whole = await client.chat(ask("Hello"));
const called = await client.chat(ask("sim:tool=weather", { tools }));
const after = await client.chat({
  model: "sim-fast", tools,
  messages: [{ role: "user", content: "sim:tool=weather" }, called.message, { role: "tool", tool_name: "weather", content: "Sunny" }],
});
const seen = await client.chat({ model: "sim-vision", messages: [{ role: "user", content: "What is this?", images: ["iVBORw=="] }] });

process.stdout.write(JSON.stringify({
  whole: { text: whole.message.content, reason: whole.done_reason, total: whole.prompt_eval_count + whole.eval_count },
  streamed: await streamed("Hello"),
  split: await streamed("chào 👋 sim:bytes=1"),
  tool: { name: called.message.tool_calls[0].function.name, arguments: called.message.tool_calls[0].function.arguments, reason: called.done_reason },
  streamedTool: (await streamed("sim:tool=weather", { tools })).calls.length,
  thinking: (await streamed("sim:reasoning", { model: "sim-reasoner", think: true })).thinking,
  afterTool: after.message.content,
  seen: seen.message.content,
  models: (await client.list()).models.map((model) => model.name),
  errors: {
    key: await failure(() => make("bad").chat(ask("Hi"))),
    model: await failure(() => client.chat(ask("Hi", { model: "missing-model" }))),
    rate: await failure(() => client.chat(ask("sim:429"))),
    server: await failure(() => client.chat(ask("sim:500"))),
    request: await failure(() => client.chat(ask("Hi", { think: true }))),
    inside: await failure(() => streamed("sim:error")),
  },
}));
