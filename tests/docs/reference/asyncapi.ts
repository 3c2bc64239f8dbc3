import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { createAsyncApiDocument } from '@stance/contracts';

const manifest = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../../package.json'), 'utf8')) as {
  readonly version: string;
};

export const asyncApi = (): string => `${JSON.stringify(createAsyncApiDocument(manifest), null, 2)}\n`;
