import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    environment: 'node',
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
