import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    alias: [
      {
        find: /^typescript$/,
        replacement: fileURLToPath(new URL('./tests/required-typescript.ts', import.meta.url)),
      },
    ],
    include: ['tests/**/*.test.ts'],
    environment: 'node',
    setupFiles: ['tests/equal-numbers.ts'],
    pool: 'forks',
    maxWorkers: 2,
    maxConcurrency: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: [
        'collect_submission.ts',
        '{authoring,batch,compiled,grader,models,packaging,picture-sets,reference,scripts}/**/*.ts',
      ],
      reporter: ['text-summary'],
    },
  },
});
