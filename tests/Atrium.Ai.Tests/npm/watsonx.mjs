// Talks to a simulator with IBM's own client and prints what it understood as one JSON object. The client exchanges its key for a token itself.
import { WatsonXAI } from "@ibm-cloud/watsonx-ai";
import { IamAuthenticator } from "@ibm-cloud/watsonx-ai/authentication";

const [serviceUrl] = process.argv.slice(2);
const make = (apikey) => WatsonXAI.newInstance({ version: "2024-05-31", serviceUrl, authenticator: new IamAuthenticator({ apikey, url: serviceUrl }) });
const client = make("sim-key");
const ask = (content, more = {}) => ({ modelId: "sim-fast", projectId: "sim-project", messages: [{ role: "user", content }], ...more });
const tools = [{ type: "function", function: { name: "weather", description: "Tells the weather.", parameters: { type: "object", properties: {} } } }];

async function streamed(content, more = {}) {
  const result = { text: "", thinking: "", reason: null, total: null, chunks: 0, arguments: "" };
  for await (const { event, data } of await client.textChatStream(ask(content, { returnObject: true, ...more }))) {
    if (event === "error") throw new Error(data.errors[0].message);
    result.chunks++;
    const [choice] = data.choices;
    result.text += choice?.delta?.content ?? "";
    result.thinking += choice?.delta?.reasoning_content ?? "";
    result.arguments += choice?.delta?.tool_calls?.[0]?.function?.arguments ?? "";
    result.reason = choice?.finish_reason ?? result.reason;
    result.total = data.usage?.total_tokens ?? result.total;
  }
  return result;
}

async function failure(work) {
  try {
    await work();
    return null;
  } catch (error) {
    return { name: error.constructor.name, status: error.status ?? null, code: null };
  }
}

const chat = async (input, from = client) => (await from.textChat(input)).result;
const whole = await chat(ask("Hello"));
const assembled = await chat(ask("sim:tool=weather", { tools, toolChoiceOption: "auto" }));
const called = assembled.choices[0].message;
const after = await chat({
  modelId: "sim-fast", projectId: "sim-project", tools,
  messages: [{ role: "user", content: "sim:tool=weather" }, { role: "assistant", tool_calls: called.tool_calls }, { role: "tool", tool_call_id: called.tool_calls[0].id, content: "Sunny" }],
});
const picture = [{ type: "text", text: "What is this?" }, { type: "image_url", image_url: { url: "data:image/png;base64,iVBORw==" } }];
const seen = await chat(ask(picture, { modelId: "sim-vision" }));
const embedding = (await client.embedText({ modelId: "sim-embedding", projectId: "sim-project", inputs: ["one", "two"] })).result;
const models = (await client.listFoundationModelSpecs({ limit: 200 })).result;

process.stdout.write(JSON.stringify({
  whole: { text: whole.choices[0].message.content, reason: whole.choices[0].finish_reason, total: whole.usage.total_tokens },
  streamed: await streamed("Hello"),
  split: await streamed("chào 👋 sim:bytes=1"),
  tool: { name: called.tool_calls[0].function.name, arguments: JSON.parse(called.tool_calls[0].function.arguments), reason: assembled.choices[0].finish_reason },
  streamedTool: (await streamed("sim:tool=weather", { tools })).arguments,
  thinking: (await streamed("sim:reasoning", { modelId: "sim-reasoner" })).thinking,
  afterTool: after.choices[0].message.content,
  seen: seen.choices[0].message.content,
  embedding: embedding.results.map((item) => item.embedding.length),
  models: models.resources.map((model) => model.model_id),
  errors: {
    key: await failure(() => chat(ask("Hi"), make("bad"))),
    model: await failure(() => chat(ask("Hi", { modelId: "missing-model" }))),
    quota: await failure(() => chat(ask("sim:quota"))),
    request: await failure(() => chat(ask("Hi", { messages: [] }))),
    inside: await failure(() => streamed("sim:error")),
  },
}));
