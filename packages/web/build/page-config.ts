import { resolve } from 'node:path';

import type { InlineConfig } from 'vite';

const own = resolve(import.meta.dirname, '..');

/** The page as files that a service gives out as they are: one script, one style, and index.html. */
export const pageConfig = (folder: string): InlineConfig => ({
  root: resolve(own, 'browser'),
  configFile: false,
  logLevel: 'warn',
  mode: 'production',
  // Whoever builds it, and be it a test: no names of files of this machine in it.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
  build: { outDir: folder, emptyOutDir: true, target: 'es2022', modulePreload: false, assetsInlineLimit: 0 },
});
