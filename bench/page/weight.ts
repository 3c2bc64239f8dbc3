/** What the page weighs as it is sent to a browser that takes Brotli. */
import { readdirSync, statSync } from 'node:fs';
import { extname, resolve } from 'node:path';

const folder = resolve(import.meta.dirname, '../../packages/web/dist');

const bytesOf = (ending: string): number =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.br') && extname(path.slice(0, -3)) === ending)
    .reduce((sum, path) => sum + statSync(resolve(folder, path)).size, 0);

const [script, style, html] = ['.js', '.css', '.html'].map(bytesOf) as [number, number, number];
console.log(
  JSON.stringify({
    scriptKb: script / 1000,
    styleKb: style / 1000,
    allKb: (script + style + html) / 1000,
  }),
);
