// Talks to Atrium with Vercel's AI SDK in each of its ways; only the address and the key are changed.
import { createAnthropic } from "@ai-sdk/anthropic";
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { embedMany, experimental_generateImage as generateImage, generateObject, generateText, stepCountIs, streamText, tool } from "ai";
import { z } from "zod";
import { arguments_, expect, refuses, run } from "./table.mjs";

globalThis.AI_SDK_LOG_WARNINGS = false;
const { baseURL, apiKey, targets } = arguments_();
const openai = createOpenAI({ baseURL, apiKey });
const compatible = createOpenAICompatible({ name: "atrium", baseURL, apiKey, includeUsage: true, supportsStructuredOutputs: true });
const anthropic = createAnthropic({ baseURL, apiKey });
const ways = { chat: (name) => openai.chat(name), responses: (name) => openai.responses(name), compatible: (name) => compatible(name), anthropic: (name) => anthropic(name) };
const answer = "This is a simulated answer to: Hello";
// The house keeps nothing between calls, so the conversation is sent whole instead of by reference.
const base = { maxRetries: 0, maxOutputTokens: 200, providerOptions: { openai: { store: false } } };

const operations = {};
for (const [way, language] of Object.entries(ways)) {
  operations[`${way} chat`] = async ({ model }) => {
    const whole = await generateText({ ...base, model: language(model), prompt: "Hello" });
    expect("text", whole.text, answer);
    expect("reason", whole.finishReason, "stop");
    expect("counts", whole.usage.outputTokens > 0, true);
  };
  operations[`${way} stream`] = async ({ model }) => {
    const stream = streamText({ ...base, model: language(model), prompt: "Hello" });
    let text = "";
    for await (const piece of stream.textStream) text += piece;
    expect("text", text, answer);
    expect("counts", (await stream.usage).outputTokens > 0, true);
  };
  operations[`${way} tools`] = async ({ model }) => {
    const weather = tool({ description: "Tells the weather.", inputSchema: z.object({ city: z.string().optional() }), execute: async () => "Sunny" });
    const done = await generateText({ ...base, model: language(model), prompt: "sim:tool=weather", tools: { weather }, stopWhen: stepCountIs(2) });
    expect("steps", done.steps.length, 2);
    expect("tool", done.steps[0].toolCalls[0]?.toolName, "weather");
    expect("text", done.text, "The tool has answered.");
  };
  operations[`${way} imagesIn`] = async ({ vision }) => {
    const content = [{ type: "text", text: "What is this?" }, { type: "image", image: new Uint8Array([137, 80, 78, 71]), mediaType: "image/png" }];
    const seen = await generateText({ ...base, model: language(vision), messages: [{ role: "user", content }] });
    expect("seen", seen.text.startsWith("I see 1 image."), true);
  };
  if (way === "anthropic") {
    // This way offers a tool instead of a schema, and what it is called with is the object.
    operations[`${way} schema by tools`] = async ({ model }) => {
      const made = await generateObject({ ...base, model: language(model), prompt: "sim:tool", schema: z.object({ a: z.string().optional() }) });
      expect("object", JSON.stringify(made.object), "{}");
    };
  } else {
    operations[`${way} schema`] = async ({ model }) => {
      const made = await generateObject({ ...base, model: language(model), prompt: "sim:json", schema: z.object({ a: z.string() }) });
      expect("object", made.object.a, "simulated");
    };
  }
  operations[`${way} tooFast`] = ({ model }) => refuses(() => generateText({ ...base, model: language(model), prompt: "sim:429" }), undefined, 429);
  operations[`${way} cancel`] = async ({ model, provider }) => {
    const hangUp = new AbortController();
    const stream = streamText({ ...base, model: language(model), prompt: `ai-${way}-hangs-up-on-${provider} sim:words=5000 sim:speed=20`, maxOutputTokens: 5000, abortSignal: hangUp.signal, onError: () => {} });
    for await (const _ of stream.textStream) hangUp.abort();
  };
}
operations.embeddings = async ({ vectors, model }) => {
  for (const maker of [openai.textEmbeddingModel(vectors ?? model), compatible.textEmbeddingModel(vectors ?? model)]) {
    const made = await embedMany({ model: maker, values: ["one", "two words"], maxRetries: 0 });
    expect("vectors", made.embeddings.length, 2);
    expect("numbers", made.embeddings[0].length, 8);
  }
};
operations.imagesOut = async ({ pictures, model }) => {
  const made = await generateImage({ model: openai.image(pictures ?? model), prompt: "A house by the river", size: "1024x1024", maxRetries: 0 });
  expect("picture", made.image.mediaType, "image/png");
};
await run(targets, operations);
