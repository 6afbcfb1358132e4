import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/corpus/*.corpus.ts'],
    environment: 'node',
    pool: 'forks',
    maxConcurrency: 2,
    testTimeout: 120_000,
  },
});
