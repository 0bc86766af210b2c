/// <reference types="vite/client" />
import 'react';
import 'vitest';

declare module 'vitest' {
  interface TaskMeta {
    /** The promises that a test keeps. */
    keeps?: string[];
  }
}

declare module 'react' {
  interface CSSProperties {
    [property: `--${string}`]: string | number | undefined;
  }
}
