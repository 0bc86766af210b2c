// Talks to Atrium with OpenAI's own client; only the address and the key are changed. Prints what it understood as one JSON object.
import OpenAI from "openai";

const [baseURL, apiKey, model, vision, strict] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const ask = (content, more = {}) => ({ model, messages: [{ role: "user", content }], ...more });
const parameters = { type: "object", properties: { city: { type: "string" } } };
const tools = [{ type: "function", function: { name: "weather", description: "Tells the weather.", parameters } }];

async function failure(work) {
  try {
    await work();
    return null;
  } catch (error) {
    return { name: error.constructor.name, status: error.status ?? null, code: error.code ?? null };
  }
}

async function streamed(content) {
  const result = { text: "", reason: null, total: null, chunks: 0 };
  for await (const chunk of await client.chat.completions.create(ask(content, { stream: true, stream_options: { include_usage: true } }))) {
    result.chunks++;
    result.text += chunk.choices[0]?.delta?.content ?? "";
    result.reason = chunk.choices[0]?.finish_reason ?? result.reason;
    result.total = chunk.usage?.total_tokens ?? result.total;
  }
  return result;
}

async function cancelled() {
  const stream = await client.chat.completions.create(ask("sim:words=5000 sim:speed=20", { stream: true }));
  for await (const _ of stream) stream.controller.abort();
  return stream.controller.signal.aborted;
}

const whole = await client.chat.completions.create(ask("Hello"));
const assembled = await client.chat.completions.stream(ask("sim:tool=weather", { tools, stream: true })).finalChatCompletion();
const called = assembled.choices[0].message;
const after = await client.chat.completions.create({
  model, tools,
  messages: [{ role: "user", content: "sim:tool=weather" }, called, { role: "tool", tool_call_id: called.tool_calls[0].id, content: "Sunny" }],
});
const picture = { role: "user", content: [{ type: "text", text: "What is this?" }, { type: "image_url", image_url: { url: "data:image/png;base64,iVBORw==" } }] };
const seen = await client.chat.completions.create({ model: vision, messages: [picture] });
const response_format = { type: "json_schema", json_schema: { name: "thing", strict: true, schema: { type: "object", properties: { a: { type: "string" } }, required: ["a"], additionalProperties: false } } };
const schema = await client.chat.completions.create(ask("Hello", { response_format }));
const models = [];
for await (const item of client.models.list()) models.push(item.id);
const one = await client.models.retrieve(models[0]);

const response = await client.responses.create({ model, instructions: "Be terse.", input: "Hello" });
const events = [];
const pieces = { text: "" };
for await (const event of await client.responses.create({ model, input: [{ role: "user", content: [{ type: "input_text", text: "Hello" }] }], stream: true })) {
  events.push(event.type);
  if (event.type === "response.output_text.delta") pieces.text += event.delta;
  if (event.type === "response.completed") pieces.final = event.response.output[0].content[0].text;
}
const flat = [{ type: "function", name: "weather", description: "Tells the weather.", parameters, strict: false }];
const toolResponse = await client.responses.create({ model, tools: flat, input: "sim:tool=weather" });
const item = toolResponse.output.find((output) => output.type === "function_call");
const afterResponse = await client.responses.create({
  model, tools: flat,
  input: [{ role: "user", content: "sim:tool=weather" }, item, { type: "function_call_output", call_id: item.call_id, output: "Sunny" }],
});

console.log(JSON.stringify({
  whole: { text: whole.choices[0].message.content, reason: whole.choices[0].finish_reason, total: whole.usage.total_tokens },
  streamed: await streamed("Hello"),
  split: await streamed("chào 👋 sim:bytes=1"),
  tool: { name: called.tool_calls[0].function.name, arguments: called.tool_calls[0].function.arguments, reason: assembled.choices[0].finish_reason },
  afterTool: after.choices[0].message.content,
  seen: seen.choices[0].message.content,
  schema: schema.choices[0].message.content.length > 0,
  models: models.length,
  one: one.id === models[0],
  cancelled: await cancelled(),
  response: { text: response.output_text, status: response.status, total: response.usage.total_tokens, events, pieces, tool: item.name, after: afterResponse.output_text },
  errors: {
    key: await failure(() => new OpenAI({ baseURL, apiKey: "atr_bad", maxRetries: 0 }).chat.completions.create(ask("Hi"))),
    model: await failure(() => client.chat.completions.create({ ...ask("Hi"), model: "missing-model" })),
    rate: await failure(() => client.chat.completions.create(ask("sim:429"))),
    server: await failure(() => client.chat.completions.create(ask("sim:500"))),
    request: await failure(() => client.chat.completions.create({ model, messages: [] })),
    inside: strict === "strict" ? await failure(() => streamed("sim:error")) : null,
    response: await failure(() => client.responses.create({ model, input: "Hi", previous_response_id: "resp_1" })),
  },
}));
