// `npm run docs`: writes the pages of docs/reference that are made from the code.
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { pages } from './pages.ts';

const folder = resolve(import.meta.dirname, '../../../docs/reference');
for (const [name, page] of Object.entries(pages)) await writeFile(resolve(folder, name), page());
