import { resolve } from 'node:path';

import type { InlineConfig, Plugin } from 'vite';

import { english } from '../browser/text/en.ts';

const own = resolve(import.meta.dirname, '..');

/** What is said before the script is there, or where there is none. */
const words: Plugin = {
  name: 'words',
  transformIndexHtml: (html) => html.replace('{{title}}', english.title).replace('{{noScript}}', english.noScript),
};

/** The page as files that a service gives out as they are: one script, one style, and index.html. */
export const pageConfig = (folder: string): InlineConfig => ({
  root: resolve(own, 'browser'),
  configFile: false,
  logLevel: 'warn',
  mode: 'production',
  plugins: [words],
  // Whoever builds it, and be it a test: no names of files of this machine in it.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact', development: false } },
  build: { outDir: folder, emptyOutDir: true, target: 'es2022', modulePreload: false, assetsInlineLimit: 0 },
});
