import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/hostile/*.hostile.ts'],
    environment: 'node',
    pool: 'forks',
    testTimeout: 300_000,
  },
});
