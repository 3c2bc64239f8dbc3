import { defineConfig, mergeConfig } from 'vitest/config';

import whole from '../../vitest.config.ts';

/** The faults alone, all of them and many rounds: `npm run test:faults`. */
export default mergeConfig(
  { ...whole, test: { ...whole.test, include: [] } },
  defineConfig({
    test: { include: ['tests/faults/**/*.test.ts'], env: { CI: 'true', STANCE_TEST_FAULTS: 'all' } },
  }),
);
