// Talks to a simulator with Oracle's own client and prints what it understood as one JSON object. The simulator checks its signatures.
import common from "oci-common";
import inference from "oci-generativeaiinference";

const [endpoint, fingerprint, privateKey] = process.argv.slice(2);
const make = (user, name = fingerprint) => {
  const provider = new common.SimpleAuthenticationDetailsProvider("ocid1.tenancy.oc1..sim", user, name, privateKey, null, common.Region.US_CHICAGO_1);
  const client = new inference.GenerativeAiInferenceClient({ authenticationDetailsProvider: provider }, { retryConfiguration: common.NoRetryConfigurationDetails });
  client.endpoint = endpoint;
  return client;
};
const client = make("ocid1.user.oc1..sim");
const text = (words) => [{ type: "TEXT", text: words }];
const on = (modelId) => ({ servingType: "ON_DEMAND", modelId });
const ask = (content, more = {}, modelId = "sim-fast") => ({
  chatDetails: { compartmentId: "ocid1.compartment.oc1..sim", servingMode: on(modelId), chatRequest: { apiFormat: "GENERIC", messages: [{ role: "USER", content: text(content) }], ...more } },
});
const tools = [{ type: "FUNCTION", name: "weather", description: "Tells the weather.", parameters: { type: "object", properties: {} } }];
const choice = (answer) => answer.chatResult.chatResponse.choices[0];

async function streamed(content, more = {}, modelId = "sim-fast") {
  const body = await client.chat(ask(content, { isStream: true, streamOptions: { isIncludeUsage: true }, ...more }, modelId));
  const result = { text: "", reason: null, total: null, chunks: 0 };
  let bytes = Buffer.alloc(0);
  for await (const piece of body) bytes = Buffer.concat([bytes, Buffer.from(piece)]);
  for (const line of bytes.toString("utf8").split("\n").filter((one) => one.startsWith("data: "))) {
    const data = JSON.parse(line.slice("data: ".length));
    if (data.code) throw new Error(data.message);
    result.chunks++;
    result.text += data.message?.content?.[0]?.text ?? "";
    result.reason = data.finishReason ?? result.reason;
    result.total = data.usage?.totalTokens ?? result.total;
  }
  return result;
}

async function failure(work) {
  try {
    await work();
    return null;
  } catch (error) {
    return { name: error.constructor.name, status: error.statusCode ?? null, code: error.serviceCode ?? null };
  }
}

const whole = await client.chat(ask("Hello"));
const called = await client.chat(ask("sim:tool=weather", { tools, toolChoice: { type: "AUTO" } }));
const use = choice(called).message.toolCalls[0];
const after = await client.chat(ask("", {
  tools,
  messages: [{ role: "USER", content: text("sim:tool=weather") }, { role: "ASSISTANT", toolCalls: [use] }, { role: "TOOL", toolCallId: use.id, content: text("Sunny") }],
}));
const seen = await client.chat(ask("", { messages: [{ role: "USER", content: [...text("What is this?"), { type: "IMAGE", imageUrl: { url: "data:image/png;base64,iVBORw==", detail: "AUTO" } }] }] }, "sim-vision"));
const cohere = await client.chat({ chatDetails: { compartmentId: "ocid1.compartment.oc1..sim", servingMode: on("cohere.sim-command"), chatRequest: { apiFormat: "COHERE", message: "Hello" } } });
const embedding = await client.embedText({ embedTextDetails: { inputs: ["one", "two"], servingMode: on("cohere.sim-embed"), compartmentId: "ocid1.compartment.oc1..sim" } });

process.stdout.write(JSON.stringify({
  whole: { text: choice(whole).message.content[0].text, reason: choice(whole).finishReason, total: whole.chatResult.chatResponse.usage.totalTokens },
  streamed: await streamed("Hello"),
  split: await streamed("chào 👋 sim:bytes=1"),
  tool: { name: use.name, arguments: JSON.parse(use.arguments), reason: choice(called).finishReason },
  afterTool: choice(after).message.content[0].text,
  seen: choice(seen).message.content[0].text,
  cohere: { text: cohere.chatResult.chatResponse.text, reason: cohere.chatResult.chatResponse.finishReason },
  embedding: embedding.embedTextResult.embeddings.map((vector) => vector.length),
  errors: {
    key: await failure(() => make("bad").chat(ask("Hi"))),
    fingerprint: await failure(() => make("ocid1.user.oc1..sim", "00:11").chat(ask("Hi"))),
    model: await failure(() => client.chat(ask("Hi", {}, "missing-model"))),
    rate: await failure(() => client.chat(ask("sim:429"))),
    server: await failure(() => client.chat(ask("sim:500"))),
    request: await failure(() => client.chat(ask("Hi", { messages: [] }))),
    inside: await failure(() => streamed("sim:error")),
  },
}));
