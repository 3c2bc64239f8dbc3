import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    isolate: false,
    env: { STANCE_TEST_ROUNDS: '50' },
    setupFiles: ['./test/mutation/steady-properties.ts'],
  },
});
