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
            // Changes only with the frameworks, so it stays in caches over most releases. The theme's styles come with it, before all others.
            { name: 'frame', test: /node_modules[\\/](react|react-dom|scheduler|zustand|get-nonce|use-sync-external-store|clsx|tslib|@tanstack[\\/][^\\/]+|@fontsource-variable)[\\/]|src[\\/]shared[\\/]theme[\\/].*\.css$/, priority: 2 },
            // What the first page is made of.
            { name: 'kit', test: /node_modules[\\/](@mantine[\\/]hooks|@mantine[\\/]core[\\/]esm[\\/](core|utils|components[\\/](ActionIcon|Button|Loader|UnstyledButton|Transition))|@phosphor-icons[\\/]react[\\/]dist[\\/]lib)|src[\\/]shared[\\/](composer|http|i18n[\\/](en|format|language|messages)|messageList|models[\\/]modelsQuery|notify|session|shell[\\/](?!PaneDrawer)|theme|ui[\\/](IconButton|LazyMenu|Mark|Note|PersonAvatar|PersonaAvatar|useAfter))/, minShareCount: 2, priority: 1 },
            // What its menus and dialogs are made of, and other pages.
            { name: 'parts', test: /node_modules[\\/](@mantine|@floating-ui|react-remove-scroll|use-|react-style)/, minShareCount: 4 },
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
