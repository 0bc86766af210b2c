// Fails when the JavaScript of a first load passes the budget: of a new conversation, or of an old one opened by its address.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const budget = 250 * 1024;
const loads = { 'first load': ['index.html'], 'first load of a conversation': ['index.html', 'src/modules/assistant/talk/TalkPage.tsx'] };
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

function collect(name, files) {
  const chunk = manifest[name];
  if (!chunk) throw new Error(`The build has no ${name}.`);
  if (files.has(chunk.file)) return;
  files.add(chunk.file);
  chunk.imports?.forEach((each) => collect(each, files));
}

const kilobytes = (size) => `${(size / 1024).toFixed(1).padStart(8)} KB`;

for (const [load, pages] of Object.entries(loads)) {
  const files = new Set();
  pages.forEach((page) => collect(page, files));
  let total = 0;
  for (const file of files) {
    const size = gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;
    total += size;
    console.log(`${kilobytes(size)}  ${file}`);
  }
  console.log(`${kilobytes(total)}  of ${budget / 1024} KB gzip, ${load}`);
  if (total > budget) process.exitCode = 1;
}
