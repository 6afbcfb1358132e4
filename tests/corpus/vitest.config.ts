import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/corpus/*.corpus.ts'],
    environment: 'node',
    pool: 'forks',
    // Enough to find some that can be graded together; how many gradings run at once, the tests say.
    maxConcurrency: 32,
    testTimeout: 600_000,
  },
});
