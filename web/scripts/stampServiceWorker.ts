import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';

/** Gives the service worker its version, by which browsers notice a new build, and the files of the first load. */
export function stampServiceWorker(): Plugin {
  return {
    name: 'stamp-service-worker',
    apply: 'build',
    writeBundle({ dir = 'dist' }, bundle) {
      const first = new Set<string>();
      const collect = (name: string) => {
        const file = bundle[name];
        if (first.has(name) || file?.type !== 'chunk') return;
        first.add(name);
        file.imports.forEach(collect);
        file.viteMetadata?.importedCss.forEach((css) => first.add(css));
      };
      for (const file of Object.values(bundle)) if (file.type === 'chunk' && file.isEntry) collect(file.fileName);
      for (const name of Object.keys(bundle)) if (/commissioner-latin-flar/.test(name)) first.add(name);

      const worker = path.join(dir, 'service-worker.js');
      const source = readFileSync(worker, 'utf8');
      const version = createHash('sha256').update(Object.keys(bundle).sort().join('\n')).digest('hex').slice(0, 12);
      const list = [...first].map((name) => `'/${name}'`).join(', ');
      writeFileSync(worker, source.replace('__VERSION__', version).replace("'__FIRST_FILES__'", list));
    },
  };
}
