// Talks to Atrium with Anthropic's own client; only the address and the key are changed.
import Anthropic from "@anthropic-ai/sdk";
import { arguments_, expect, refuses, run } from "./table.mjs";

const { baseURL, apiKey, targets } = arguments_();
const client = new Anthropic({ baseURL, apiKey, maxRetries: 0 });
const answer = "This is a simulated answer to: Hello";
const ask = (model, content, more = {}) => ({ model, max_tokens: 200, messages: [{ role: "user", content }], ...more });
const tools = [{ name: "weather", description: "Tells the weather.", input_schema: { type: "object", properties: { city: { type: "string" } } } }];
const schema = { type: "object", properties: { a: { type: "string" } }, required: ["a"], additionalProperties: false };

async function streamed(model, content) {
  let events = 0;
  const message = await client.messages.stream(ask(model, content)).on("streamEvent", () => events++).finalMessage();
  return { text: message.content.map((block) => block.text ?? "").join(""), reason: message.stop_reason, events, output: message.usage.output_tokens };
}

await run(targets, {
  async chat({ model }) {
    const whole = await client.messages.create(ask(model, "Hello", { system: [{ type: "text", text: "Be terse.", cache_control: { type: "ephemeral" } }] }));
    expect("text", whole.content[0].text, answer);
    expect("reason", whole.stop_reason, "end_turn");
    expect("counts", whole.usage.output_tokens > 0, true);
  },
  async stream({ model }) {
    const heard = await streamed(model, "Hello");
    expect("text", heard.text, answer);
    expect("reason", heard.reason, "end_turn");
    expect("pieces", heard.events > 5 && heard.output > 0, true);
  },
  async letters({ model }) {
    expect("text", (await streamed(model, "chào 👋 sim:bytes=1")).text.includes("chào 👋"), true);
  },
  async tools({ model }) {
    const called = await client.messages.stream(ask(model, "sim:tool=weather", { tools })).finalMessage();
    const use = called.content.find((block) => block.type === "tool_use");
    expect("tool", use.name, "weather");
    expect("reason", called.stop_reason, "tool_use");
    const after = await client.messages.create({
      model, max_tokens: 200, tools,
      messages: [
        { role: "user", content: "sim:tool=weather" },
        { role: "assistant", content: called.content },
        { role: "user", content: [{ type: "tool_result", tool_use_id: use.id, content: "Sunny" }] },
      ],
    });
    expect("text", after.content[0].text, "The tool has answered.");
  },
  async imagesIn({ vision }) {
    const content = [{ type: "text", text: "What is this?" }, { type: "image", source: { type: "base64", media_type: "image/png", data: "iVBORw==" } }];
    const seen = await client.messages.create(ask(vision, content));
    expect("seen", seen.content[0].text.startsWith("I see 1 image."), true);
  },
  async schema({ model }) {
    const made = await client.messages.create(ask(model, "sim:json", { output_config: { format: { type: "json_schema", schema } } }));
    expect("object", JSON.parse(made.content[0].text).a, "simulated");
  },
  async models() {
    const ids = [];
    for await (const item of client.models.list()) ids.push(item.id);
    expect("some", ids.length > 1, true);
  },
  wrongKey: ({ model }) => refuses(() => new Anthropic({ baseURL, apiKey: "atr_bad", maxRetries: 0 }).messages.create(ask(model, "Hi")), "AuthenticationError", 401),
  noModel: ({ provider, missing }) => refuses(() => client.messages.create(ask(`${provider}/${missing}`, "Hi")), "NotFoundError", 404),
  tooFast: ({ model }) => refuses(() => client.messages.create(ask(model, "sim:429")), "RateLimitError", 429),
  broken: ({ model }) => refuses(() => client.messages.create(ask(model, "sim:500")), undefined, 503),
  wrongRequest: ({ model }) => refuses(() => client.messages.create({ model, max_tokens: 5, messages: [] }), "BadRequestError", 400),
  inside: ({ model }) => refuses(() => streamed(model, "sim:error")),
  async cancel({ model, provider }) {
    const stream = await client.messages.create(ask(model, `anthropic-hangs-up-on-${provider} sim:words=5000 sim:speed=20`, { stream: true }));
    for await (const _ of stream) stream.controller.abort();
    expect("aborted", stream.controller.signal.aborted, true);
  },
});
