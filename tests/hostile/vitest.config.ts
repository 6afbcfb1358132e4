import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/hostile/*.hostile.ts'],
    environment: 'node',
    globalSetup: fileURLToPath(new URL('./build-once.ts', import.meta.url)),
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 300_000,
  },
});
