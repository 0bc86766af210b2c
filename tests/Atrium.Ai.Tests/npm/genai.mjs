// Talks to a simulator with Google's own client and prints what it understood as one JSON object.
import { GoogleGenAI } from "@google/genai";

const [baseUrl] = process.argv.slice(2);
const make = (apiKey) => new GoogleGenAI({ apiKey, httpOptions: { baseUrl: baseUrl.replace(/\/v1beta$/, ""), apiVersion: "v1beta" } });
const client = make("sim-key");
const tools = [{ functionDeclarations: [{ name: "weather", description: "Tells the weather.", parametersJsonSchema: { type: "object", properties: {} } }] }];

async function failure(work) {
  try {
    await work();
    return null;
  } catch (error) {
    return { name: error.constructor.name, status: error.status ?? null, code: null };
  }
}

async function streamed(contents, config) {
  const result = { text: "", reason: null, total: null, chunks: 0, calls: [] };
  for await (const chunk of await client.models.generateContentStream({ model: "sim-fast", contents, config })) {
    result.chunks++;
    result.text += (chunk.candidates?.[0]?.content?.parts ?? []).filter((part) => part.text && !part.thought).map((part) => part.text).join("");
    result.reason = chunk.candidates?.[0]?.finishReason ?? result.reason;
    result.total = chunk.usageMetadata?.totalTokenCount ?? result.total;
    result.calls.push(...(chunk.functionCalls ?? []));
  }
  return result;
}

const whole = await client.models.generateContent({ model: "sim-fast", contents: "Hello" });
const called = await client.models.generateContent({ model: "sim-fast", contents: "sim:tool=weather", config: { tools } });
const use = called.functionCalls[0];
const after = await client.models.generateContent({
  model: "sim-fast", config: { tools },
  contents: [
    { role: "user", parts: [{ text: "sim:tool=weather" }] },
    called.candidates[0].content,
    { role: "user", parts: [{ functionResponse: { name: use.name, response: { output: "Sunny" } } }] },
  ],
});
const seen = await client.models.generateContent({
  model: "sim-vision", contents: [{ role: "user", parts: [{ text: "What is this?" }, { inlineData: { mimeType: "image/png", data: "iVBORw==" } }] }],
});
const blocked = await client.models.generateContent({ model: "sim-fast", contents: "sim:filter" });
const models = [];
for await (const model of await client.models.list({ config: { queryBase: true } })) models.push(model.name);

console.log(JSON.stringify({
  whole: { text: whole.text, reason: whole.candidates[0].finishReason, total: whole.usageMetadata.totalTokenCount },
  streamed: await streamed("Hello"),
  split: await streamed("chào 👋 sim:bytes=1"),
  tool: { name: use.name, arguments: use.args, reason: called.candidates[0].finishReason },
  streamedTool: (await streamed("sim:tool=weather", { tools })).calls.length,
  afterTool: after.text,
  seen: seen.text,
  blocked: blocked.promptFeedback.blockReason,
  models,
  errors: {
    key: await failure(() => make("bad").models.generateContent({ model: "sim-fast", contents: "Hi" })),
    model: await failure(() => client.models.generateContent({ model: "missing-model", contents: "Hi" })),
    rate: await failure(() => client.models.generateContent({ model: "sim-fast", contents: "sim:429" })),
    server: await failure(() => client.models.generateContent({ model: "sim-fast", contents: "sim:500" })),
    request: await failure(() => client.models.generateContent({ model: "sim-fast", contents: [{ role: "wizard", parts: [{ text: "x" }] }] })),
    inside: await failure(() => streamed("sim:error")),
  },
}));
