// Talks to Atrium with OpenAI's own client; only the address and the key are changed.
import OpenAI from "openai";
import { arguments_, expect, refuses, run } from "./table.mjs";

const { baseURL, apiKey, targets } = arguments_();
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const answer = "This is a simulated answer to: Hello";
const ask = (model, content, more = {}) => ({ model, messages: [{ role: "user", content }], ...more });
const parameters = { type: "object", properties: { city: { type: "string" } } };
const tools = [{ type: "function", function: { name: "weather", description: "Tells the weather.", parameters } }];
const flat = [{ type: "function", name: "weather", description: "Tells the weather.", parameters, strict: false }];
const schema = { type: "object", properties: { a: { type: "string" } }, required: ["a"], additionalProperties: false };
const png = "iVBORw==";

async function streamed(model, content) {
  const result = { text: "", reason: null, total: null, chunks: 0 };
  for await (const chunk of await client.chat.completions.create(ask(model, content, { stream: true, stream_options: { include_usage: true } }))) {
    result.chunks++;
    result.text += chunk.choices[0]?.delta?.content ?? "";
    result.reason = chunk.choices[0]?.finish_reason ?? result.reason;
    result.total = chunk.usage?.total_tokens ?? result.total;
  }
  return result;
}

await run(targets, {
  async chat({ model }) {
    const whole = await client.chat.completions.create(ask(model, "Hello"));
    expect("text", whole.choices[0].message.content, answer);
    expect("reason", whole.choices[0].finish_reason, "stop");
    expect("counts", whole.usage.total_tokens > 0, true);
  },
  async stream({ model }) {
    const heard = await streamed(model, "Hello");
    expect("text", heard.text, answer);
    expect("reason", heard.reason, "stop");
    expect("pieces", heard.chunks > 5 && heard.total > 0, true);
  },
  async letters({ model }) {
    expect("text", (await streamed(model, "chào 👋 sim:bytes=1")).text.includes("chào 👋"), true);
  },
  async tools({ model }) {
    const assembled = await client.chat.completions.stream(ask(model, "sim:tool=weather", { tools })).finalChatCompletion();
    const called = assembled.choices[0].message;
    expect("reason", assembled.choices[0].finish_reason, "tool_calls");
    expect("tool", called.tool_calls[0].function.name, "weather");
    JSON.parse(called.tool_calls[0].function.arguments);
    const after = await client.chat.completions.create({
      model, tools, messages: [{ role: "user", content: "sim:tool=weather" }, called, { role: "tool", tool_call_id: called.tool_calls[0].id, content: "Sunny" }],
    });
    expect("text", after.choices[0].message.content, "The tool has answered.");
  },
  async imagesIn({ vision }) {
    const content = [{ type: "text", text: "What is this?" }, { type: "image_url", image_url: { url: `data:image/png;base64,${png}` } }];
    const seen = await client.chat.completions.create(ask(vision, content));
    expect("seen", seen.choices[0].message.content.startsWith("I see 1 image."), true);
  },
  async schema({ model }) {
    const response_format = { type: "json_schema", json_schema: { name: "thing", strict: true, schema } };
    const parsed = await client.chat.completions.parse(ask(model, "sim:json", { response_format }));
    expect("object", JSON.parse(parsed.choices[0].message.content).a, "simulated");
  },
  async embeddings({ vectors, model }) {
    const made = await client.embeddings.create({ model: vectors ?? model, input: ["one", "two words"] });
    const plain = await client.embeddings.create({ model: vectors ?? model, input: "one", encoding_format: "float" });
    expect("vectors", made.data.length, 2);
    // The client asks for bytes by itself and reads them back into numbers.
    expect("numbers", JSON.stringify(Array.from(new Float32Array(made.data[0].embedding))), JSON.stringify(Array.from(new Float32Array(plain.data[0].embedding))));
    expect("counts", made.usage.total_tokens > 0, true);
  },
  async imagesOut({ pictures, model }) {
    const made = await client.images.generate({ model: pictures ?? model, prompt: "A house by the river", size: "1024x1024" });
    expect("picture", Buffer.from(made.data[0].b64_json, "base64").toString("latin1", 1, 4), "PNG");
  },
  async response({ model }) {
    const response = await client.responses.create({ model, instructions: "Be terse.", input: "Hello" });
    expect("text", response.output_text, answer);
    expect("status", response.status, "completed");
  },
  async responseStream({ model }) {
    const types = new Set();
    let final;
    for await (const event of await client.responses.create({ model, input: [{ role: "user", content: [{ type: "input_text", text: "Hello" }] }], stream: true })) {
      types.add(event.type);
      if (event.type === "response.completed") final = event.response;
    }
    expect("text", final.output[0].content[0].text, answer);
    expect("events", [...types].map((type) => type.slice("response.".length)).join(" "),
      "created in_progress output_item.added content_part.added output_text.delta output_text.done content_part.done output_item.done completed");
  },
  async responseTools({ model }) {
    const stream = client.responses.stream({ model, tools: flat, input: "sim:tool=weather" });
    const item = (await stream.finalResponse()).output.find((output) => output.type === "function_call");
    expect("tool", item.name, "weather");
    const { parsed_arguments, ...call } = item;
    const after = await client.responses.create({
      model, tools: flat, input: [{ role: "user", content: "sim:tool=weather" }, call, { type: "function_call_output", call_id: item.call_id, output: "Sunny" }],
    });
    expect("text", after.output_text, "The tool has answered.");
  },
  async models({ model }) {
    const ids = [];
    for await (const item of client.models.list()) ids.push(item.id);
    expect("some", ids.length > 1, true);
    expect("one", (await client.models.retrieve(ids[0])).id, ids[0]);
  },
  wrongKey: ({ model }) => refuses(() => new OpenAI({ baseURL, apiKey: "atr_bad", maxRetries: 0 }).chat.completions.create(ask(model, "Hi")), "AuthenticationError", 401),
  noModel: ({ provider, missing }) => refuses(() => client.chat.completions.create(ask(`${provider}/${missing}`, "Hi")), "NotFoundError", 404),
  tooFast: ({ model }) => refuses(() => client.chat.completions.create(ask(model, "sim:429")), "RateLimitError", 429),
  broken: ({ model }) => refuses(() => client.chat.completions.create(ask(model, "sim:500")), "InternalServerError", 503),
  wrongRequest: ({ model }) => refuses(() => client.chat.completions.create({ model, messages: [] }), "BadRequestError", 400),
  kept: ({ model }) => refuses(() => client.responses.create({ model, input: "Hi", previous_response_id: "resp_1" }), "BadRequestError", 400),
  // Before the first letter has left it is a status, afterwards an event.
  inside: ({ model }) => refuses(() => streamed(model, "sim:error")),
  async cancel({ model, provider }) {
    const stream = await client.chat.completions.create(ask(model, `openai-hangs-up-on-${provider} sim:words=5000 sim:speed=20`, { stream: true }));
    for await (const _ of stream) stream.controller.abort();
    expect("aborted", stream.controller.signal.aborted, true);
  },
});
