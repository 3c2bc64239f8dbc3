import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';

import { strongEtag } from '@stance/http';

/** A file of the page, as it is given out. */
export interface PageFile {
  readonly contentType: string;
  readonly etag: string;
  /** Its name says its content: whoever has it need not ask for it again. */
  readonly isLasting: boolean;
  readonly bytes: Buffer;
  /** The same, smaller, where that is worth it. */
  readonly brotli: Buffer | null;
  readonly gzip: Buffer | null;
}

/** The page as it was built. */
export interface Page {
  readonly index: PageFile;
  /** By path, with its slash: `/assets/index-1a2b.js`. */
  readonly files: ReadonlyMap<string, PageFile>;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const assets = '/assets/';

/** Beside a built service the page is in `page`, in the workspace in `dist`. */
const folders = [join(import.meta.dirname, 'page'), resolve(import.meta.dirname, '../dist')];

const readFile = (folder: string, path: string): PageFile => {
  const file = join(folder, path);
  const bytes = readFileSync(file);
  const packed = (ending: string): Buffer | null =>
    existsSync(`${file}${ending}`) ? readFileSync(`${file}${ending}`) : null;
  return {
    contentType: types[extname(path)] ?? 'application/octet-stream',
    etag: strongEtag(bytes.toString('latin1')),
    isLasting: path.startsWith(assets),
    bytes,
    brotli: packed('.br'),
    gzip: packed('.gz'),
  };
};

/** Reads the page into memory; `null` where it was not built. It is small, and the same for everybody. */
export const readPage = (): Page | null => {
  const folder = folders.find((each) => existsSync(join(each, 'index.html')));
  if (folder === undefined) return null;
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => `/${path.replaceAll('\\', '/')}`)
    .filter((path) => extname(path) in types);
  const files = new Map(paths.map((path) => [path, readFile(folder, path)]));
  const index = files.get('/index.html');
  if (index === undefined) return null;
  files.delete('/index.html');
  return { index, files };
};
