import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { grade } from '../../../grader/pipeline/grade.ts';
import { openSandbox } from '../../../grader/sandbox/launch.ts';
import { FIXTURES, ROOT, TEMPLATE } from '../../../repository.ts';
import { isRoot, WAYS } from '../../sandbox/run-program.ts';

describe('a child with several threads', () => {
  for (const { name, without } of isRoot ? [WAYS[0], WAYS.at(-1)!] : WAYS.slice(0, 1)) {
    it(`grades as one with a single thread does, with ${name}`, async () => {
      const sandbox = openSandbox({ without });
      try {
        const report = await grade({
          submission: join(FIXTURES, 'submissions', 'should-pass', 'reference'),
          assignment: [join(FIXTURES, 'public'), join(FIXTURES, 'private')],
          template: TEMPLATE,
          dependencies: ROOT,
          parts: ['tv-loss'],
          threads: 2,
          types: false,
          sandbox,
        });
        expect(report.score).toBe(report.points);
        expect(report.points).toBeGreaterThan(0);
      } finally {
        await sandbox.close();
      }
    });
  }
});
