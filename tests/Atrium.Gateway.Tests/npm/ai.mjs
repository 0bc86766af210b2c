// Talks to Atrium with Vercel's AI SDK and its providers; only the address and the key are changed. Prints what it understood as one JSON object.
import { createAnthropic } from "@ai-sdk/anthropic";
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText, stepCountIs, streamText, tool } from "ai";
import { z } from "zod";

const [baseURL, apiKey, name] = process.argv.slice(2);
const openai = createOpenAI({ baseURL, apiKey });
const languages = {
  chat: openai.chat(name),
  responses: openai.responses(name),
  compatible: createOpenAICompatible({ name: "atrium", baseURL, apiKey, includeUsage: true })(name),
  anthropic: createAnthropic({ baseURL, apiKey })(name),
};

async function failure(work) {
  try {
    await work();
    return null;
  } catch (error) {
    return error.statusCode ?? error.lastError?.statusCode ?? error.name;
  }
}

// The house keeps nothing between calls, so the conversation is sent whole instead of by reference.
const providerOptions = { openai: { store: false } };
const result = {};
for (const [way, model] of Object.entries(languages)) {
  const whole = await generateText({ model, prompt: "Hello", maxRetries: 0, maxOutputTokens: 200 });
  const stream = streamText({ model, prompt: "Hello", maxRetries: 0, maxOutputTokens: 200 });
  let text = "";
  for await (const piece of stream.textStream) text += piece;
  const weather = tool({ description: "Tells the weather.", inputSchema: z.object({ city: z.string().optional() }), execute: async () => "Sunny" });
  const tools = await generateText({ model, prompt: "sim:tool=weather", tools: { weather }, stopWhen: stepCountIs(2), providerOptions, maxRetries: 0, maxOutputTokens: 200 });
  result[way] = {
    whole: whole.text, reason: whole.finishReason, output: whole.usage.outputTokens, text, streamedOutput: (await stream.usage).outputTokens,
    steps: tools.steps.length, called: tools.steps[0].toolCalls[0]?.toolName, after: tools.text,
    rate: await failure(() => generateText({ model, prompt: "sim:429", maxRetries: 0, maxOutputTokens: 200 })),
  };
}
console.log(JSON.stringify(result));
