// Talks to a simulator with the Azure class of OpenAI's own client and prints what it understood as one JSON object.
import { AzureOpenAI } from "openai";

const [endpoint] = process.argv.slice(2);
const make = (apiKey) => new AzureOpenAI({ endpoint, apiKey, apiVersion: "2025-02-01-preview", maxRetries: 0 });
const client = make("sim-key");
const ask = (content, more = {}) => ({ model: "sim-fast", messages: [{ role: "user", content }], ...more });
const tools = [{ type: "function", function: { name: "weather", description: "Tells the weather.", parameters: { type: "object", properties: {} } } }];

async function streamed(content, more = {}) {
  const result = { text: "", reason: null, total: null, chunks: 0, filtered: false };
  for await (const chunk of await client.chat.completions.create(ask(content, { stream: true, stream_options: { include_usage: true }, ...more }))) {
    result.chunks++;
    result.filtered ||= chunk.prompt_filter_results?.length > 0;
    result.text += chunk.choices[0]?.delta?.content ?? "";
    result.reason = chunk.choices[0]?.finish_reason ?? result.reason;
    result.total = chunk.usage?.total_tokens ?? result.total;
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

const whole = await client.chat.completions.create(ask("Hello"));
const assembled = await client.chat.completions.create(ask("sim:tool=weather", { tools }));
const called = assembled.choices[0].message;
const after = await client.chat.completions.create({
  model: "sim-fast", tools,
  messages: [{ role: "user", content: "sim:tool=weather" }, called, { role: "tool", tool_call_id: called.tool_calls[0].id, content: "Sunny" }],
});
const picture = { role: "user", content: [{ type: "text", text: "What is this?" }, { type: "image_url", image_url: { url: "data:image/png;base64,iVBORw==" } }] };
const seen = await client.chat.completions.create({ model: "sim-vision", messages: [picture] });
const embedding = await client.embeddings.create({ model: "sim-embedding", input: ["one", "two"] });
const image = await client.images.generate({ model: "sim-image", prompt: "A house" });

console.log(JSON.stringify({
  whole: { text: whole.choices[0].message.content, reason: whole.choices[0].finish_reason, total: whole.usage.total_tokens },
  streamed: await streamed("Hello"),
  split: await streamed("chào 👋 sim:bytes=1"),
  tool: { name: called.tool_calls[0].function.name, arguments: JSON.parse(called.tool_calls[0].function.arguments), reason: assembled.choices[0].finish_reason },
  afterTool: after.choices[0].message.content,
  seen: seen.choices[0].message.content,
  embedding: embedding.data.map((item) => item.embedding.length),
  image: image.data[0].b64_json.length > 0,
  errors: {
    key: await failure(() => make("bad").chat.completions.create(ask("Hi"))),
    model: await failure(() => client.chat.completions.create(ask("Hi", { model: "missing-model" }))),
    rate: await failure(() => client.chat.completions.create(ask("sim:429"))),
    filter: await failure(() => client.chat.completions.create(ask("sim:filter"))),
    server: await failure(() => client.chat.completions.create(ask("sim:500"))),
    inside: await failure(() => streamed("sim:error")),
  },
}));
