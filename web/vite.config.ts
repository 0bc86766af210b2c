import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { stampServiceWorker } from './scripts/stampServiceWorker.ts';
import { usedIconWeights } from './scripts/usedIconWeights.ts';

const server = 'http://localhost:8080';

export default defineConfig({
  plugins: [react(), usedIconWeights(['regular', 'fill', 'bold']), stampServiceWorker()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: {
    manifest: true,
    // Nothing as a data: address, so that the Content-Security-Policy can name 'self' alone for fonts and scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // Changes only with the frameworks, so it stays in caches over most releases.
            { name: 'frame', test: /node_modules[\\/](react|react-dom|scheduler|zustand|get-nonce|use-sync-external-store|clsx|tslib|@tanstack[\\/][^\\/]+)[\\/]/, priority: 2 },
            // What many pages share, in one file instead of dozens.
            { name: 'kit', test: /node_modules[\\/](@mantine|@floating-ui|@phosphor-icons|react-remove-scroll|use-|react-style)|src[\\/]shared[\\/](http|notify|session|shell|theme|ui)/, minShareCount: 5, priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    proxy: Object.fromEntries(
      ['/api', '/v1', '/hubs', '/ready', '/verify'].map((path) => [path, { target: server, ws: path === '/hubs' }]),
    ),
  },
  test: {
    environment: 'happy-dom',
    restoreMocks: true,
    unstubGlobals: true,
  },
});
