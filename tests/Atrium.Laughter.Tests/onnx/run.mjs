// node run.mjs MODEL INPUT.f32 OUTPUT.f32 [REPEATS BATCH]
// Scores patches of 96 x 64 floats with one thread and, if asked, prints the median time of a patch in milliseconds.
import { readFileSync, writeFileSync } from 'node:fs';
import ort from 'onnxruntime-node';

const [model, inputFile, outputFile, repeats = '0', batch = '0'] = process.argv.slice(2);
const bytes = readFileSync(inputFile);
const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
const patch = 96 * 64;
const session = await ort.InferenceSession.create(model, {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
});
const shape = session.inputMetadata?.[0]?.shape ?? [];
const sides = shape[2] === 64 ? [64, 96] : [96, 64];
const feed = (data) => ({ [session.inputNames[0]]: new ort.Tensor('float32', data, [data.length / patch, 1, ...sides]) });

const result = await session.run(feed(values));
const scores = result[session.outputNames[0]].data;
writeFileSync(outputFile, new Uint8Array(scores.buffer, scores.byteOffset, scores.byteLength));

if (Number(repeats) > 0) {
  const size = Number(batch);
  const input = feed(values.slice(0, size * patch));
  const times = [];
  for (let i = 0; i < Number(repeats); i++) {
    const start = performance.now();
    await session.run(input);
    times.push((performance.now() - start) / size);
  }
  times.sort((left, right) => left - right);
  console.log(JSON.stringify({ median: times[times.length >> 1], low: times[times.length >> 2], high: times[(times.length * 3) >> 2] }));
}
