// Talks to a simulator with Replicate's own client and prints what it understood as one JSON object.
import Replicate from "replicate";

const [baseUrl] = process.argv.slice(2);
const make = (auth) => new Replicate({ baseUrl, auth });
const client = make("sim-key");
const model = "sim/sim-fast";

async function streamed(prompt, more = {}) {
  const result = { text: "", chunks: 0, done: false };
  for await (const { event, data } of client.stream(model, { input: { prompt, ...more } })) {
    result.chunks++;
    if (event === "output") result.text += data;
    if (event === "done") result.done = true;
  }
  return result;
}

async function failure(work) {
  try {
    await work();
    return null;
  } catch (error) {
    return { name: error.constructor.name, status: error.response?.status ?? null, code: null };
  }
}

const run = async (prompt, name = model, more = {}) => (await client.run(name, { input: { prompt, ...more }, wait: { mode: "poll", interval: 10 } })).join("");
const waited = await client.predictions.create({ model, input: { prompt: "Hello" }, wait: true });
const begun = await client.predictions.create({ model: "sim/sim-polled", input: { prompt: "Hello" } });
const collection = await client.collections.get("language-models");

process.stdout.write(JSON.stringify({
  whole: await run("Hello"),
  waited: { text: waited.output.join(""), status: waited.status, tokens: waited.metrics.output_token_count },
  polled: await run("Hello", "sim/sim-polled"),
  streamed: await streamed("Hello"),
  split: await streamed("chào 👋 sim:bytes=1"),
  cancelled: (await client.predictions.cancel(begun.id)).status,
  seen: await run("What is this?", "sim/sim-vision", { image: "data:image/png;base64,iVBORw==" }),
  models: collection.models.map((item) => `${item.owner}/${item.name}`),
  errors: {
    key: await failure(() => make("bad").predictions.create({ model, input: { prompt: "Hi" } })),
    model: await failure(() => client.predictions.create({ model: "sim/missing-model", input: { prompt: "Hi" } })),
    credit: await failure(() => client.predictions.create({ model, input: { prompt: "sim:quota" } })),
    request: await failure(() => client.predictions.create({ model, input: { prompt: "Hi", nonsense: 1 } })),
    inside: await failure(() => streamed("sim:error")),
  },
}));
