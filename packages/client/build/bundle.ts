import { join } from 'node:path';

import { build } from 'rolldown';

/** The client as one module that needs nothing but what browsers and Node.js have in common. */
export const bundle = async (source: string, file: string): Promise<void> => {
  await build({
    input: join(source, 'index.ts'),
    platform: 'neutral',
    resolve: { mainFields: ['module', 'main'], conditionNames: ['import'] },
    output: { file, format: 'esm' },
    logLevel: 'warn',
  });
};
