// Talks to a simulator with OpenAI's own client and prints what it understood as one JSON object.
import OpenAI from "openai";

const [baseURL] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey: "sim-key", maxRetries: 0 });
const ask = (content, more = {}) => ({ model: "sim-fast", messages: [{ role: "user", content }], ...more });
const tools = [{ type: "function", function: { name: "weather", description: "Tells the weather.", parameters: { type: "object", properties: {} } } }];

async function streamed(content, more = {}) {
  const result = { text: "", reason: null, usage: null, chunks: 0 };
  for await (const chunk of await client.chat.completions.create(ask(content, { stream: true, stream_options: { include_usage: true }, ...more }))) {
    result.chunks++;
    result.text += chunk.choices[0]?.delta?.content ?? "";
    result.reason = chunk.choices[0]?.finish_reason ?? result.reason;
    result.usage = chunk.usage ?? result.usage;
  }
  return result;
}

async function failure(work) {
  try {
    await work();
    return null;
  } catch (error) {
    return { name: error.constructor.name, status: error.status ?? null, code: error.code ?? null };
  }
}

const assembled = await client.chat.completions.stream(ask("sim:tool=weather", { tools, stream: true })).finalChatCompletion();
const whole = await client.chat.completions.create(ask("Hello"));
const picture = { role: "user", content: [{ type: "text", text: "What is this?" }, { type: "image_url", image_url: { url: "data:image/png;base64,iVBORw==" } }] };
const seen = await client.chat.completions.create({ model: "sim-vision", messages: [picture] });
const called = assembled.choices[0].message;
const after = await client.chat.completions.create({
  model: "sim-fast", tools,
  messages: [{ role: "user", content: "sim:tool=weather" }, called, { role: "tool", tool_call_id: called.tool_calls[0].id, content: "Sunny" }],
});
const models = [];
for await (const model of client.models.list()) models.push(model.id);
const embedding = await client.embeddings.create({ model: "sim-embedding", input: ["one", "two"] });
const image = await client.images.generate({ model: "sim-image", prompt: "A house" });

console.log(JSON.stringify({
  whole: { text: whole.choices[0].message.content, reason: whole.choices[0].finish_reason, total: whole.usage.total_tokens },
  streamed: await streamed("Hello"),
  split: await streamed("chào 👋 sim:bytes=1"),
  tool: { name: called.tool_calls[0].function.name, arguments: called.tool_calls[0].function.arguments, reason: assembled.choices[0].finish_reason },
  afterTool: after.choices[0].message.content,
  seen: seen.choices[0].message.content,
  models,
  embedding: embedding.data.map((item) => item.embedding.length),
  image: image.data[0].b64_json.length > 0,
  errors: {
    key: await failure(() => new OpenAI({ baseURL, apiKey: "bad", maxRetries: 0 }).chat.completions.create(ask("Hi"))),
    model: await failure(() => client.chat.completions.create({ ...ask("Hi"), model: "missing-model" })),
    rate: await failure(() => client.chat.completions.create(ask("sim:429"))),
    quota: await failure(() => client.chat.completions.create(ask("sim:quota"))),
    server: await failure(() => client.chat.completions.create(ask("sim:500"))),
    request: await failure(() => client.chat.completions.create({ model: "sim-fast", messages: [] })),
    inside: await failure(() => streamed("sim:error")),
  },
}));
