import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { SubmissionError } from '../../grader/format/errors.ts';
import { ingest } from '../../grader/ingest/index.ts';
import { buildZip } from './build-zip.ts';
import { scratchFolders } from './scratch.ts';

const scratch = scratchFolders();
const CONTENT = new Map([
  ['solve/first.ts', 'export const first = 1;\n'.repeat(20)],
  ['top.ts', 'export const top = 2;\n'],
]);
const ALLOW = [...CONTENT.keys()];
const whole = buildZip([
  ...[...CONTENT].map(([name, content]) => ({ name, content })),
  { name: 'readme.md', content: 'hello', method: 'store' },
]);

it('never crashes on a zip with flipped or missing bytes, and never takes a file that is not the one packed', async () => {
  const path = join(scratch(), 'damaged.zip');
  const flips = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })), {
    maxLength: 4,
  });
  const damage = fc.record({ flips, length: fc.oneof(fc.constant(whole.length), fc.nat(whole.length)) });
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(damage, async ({ flips, length }) => {
      const bytes = whole.slice(0, length);
      for (const [at, mask] of flips) if (at < length) bytes[at] ^= mask;
      writeFileSync(path, bytes);
      try {
        const { files } = await ingest({ path, allow: ALLOW });
        taken += files.size;
        for (const [name, content] of files) {
          expect([...CONTENT.values()], name).toContain(Buffer.from(content).toString());
        }
      } catch (error) {
        expect(error).toBeInstanceOf(SubmissionError);
      }
    }),
    { seed: 7, numRuns: 400 },
  );
  expect(taken).toBeGreaterThan(50);
});
