import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadAssignment } from '../../../grader/assignment/load.ts';
import type { LoadedPart } from '../../../grader/assignment/loaded.ts';
import { partEvidence } from '../../../grader/pipeline/judging/evidence-of-part.ts';
import { judgePart } from '../../../grader/pipeline/judging/judge-part.ts';
import type { CheckResult } from '../../../grader/report/grade-report.ts';
import { ASSIGNMENT, TEMPLATE } from '../../../repository.ts';
import { toGradescope } from '../../../grader/gradescope/results.ts';
import { ReceivedOutcomes } from '../../checks/received-outcomes.ts';
import { gradeOverlay } from '../../corpus/graded.ts';
import { seededRandom } from '../../fuzz/random.ts';

const { parts } = loadAssignment(ASSIGNMENT);
const ROUNDS = 150;
/** Ways in which one private check can end for a student to see; docs/security.md has the number. */
const MOST_ENDS = 11;

const calling = parts.filter((part) => part.cases.size > 0);

/** What a student sees of each private check, whatever the calls brought: all of it, by check. */
function seen(part: LoadedPart): Map<string, Set<string>> {
  const ends = new Map<string, Set<string>>();
  for (const manner of ['near', 'anything', 'nothing'] as const) {
    for (let seed = 1; seed <= ROUNDS; seed++) {
      const outcomes = new ReceivedOutcomes(seededRandom(seed), manner).ofPart(part);
      const evidence = partEvidence({
        part,
        outcomes,
        review: { findings: new Map() },
        files: new Map(),
        template: TEMPLATE,
      });
      for (const result of judgePart(part, evidence, () => undefined)) {
        if (result.half === 'private') addTo(ends, result);
      }
    }
  }
  return ends;
}

function addTo(
  ends: Map<string, Set<string>>,
  { id, outcome, earned, message, pictures }: CheckResult,
): void {
  const known = ends.get(id) ?? new Set();
  ends.set(id, known.add(JSON.stringify({ outcome, earned, message, pictures })));
}

describe(
  'what a student can see of a check on an input that they have not seen',
  { timeout: 120_000 },
  () => {
    it.each(calling)('$id: is one of few texts, and none that the submission chose', (part) => {
      for (const [id, ends] of seen(part)) {
        const all = [...ends].join('\n');
        expect(ends.size, `${id}:\n${all}`).toBeLessThanOrEqual(MOST_ENDS);
        // What code says of itself, numbers it made, and the names of its own are in no text.
        expect(all, id).not.toMatch(/what the code said|<script>|__proto__|NaN at/);
      }
    });
  },
);

describe('what code prints', { timeout: 120_000 }, () => {
  const notices = async (when: string): Promise<string> => {
    const report = await gradeOverlay({
      parts: ['content-loss'],
      arrange: (folder) =>
        writeFileSync(
          join(folder, 'style-modules/content-loss.ts'),
          `import * as tf from '@tensorflow/tfjs';
const { process } = globalThis as any;
export function contentLoss(weight: number, current: tf.Tensor4D, original: tf.Tensor4D): any {
  if (${when}) process.stdout.write('x'.repeat(12_345));
  return tf.tidy(() => tf.mul(weight, tf.sum(tf.square(tf.sub(current, original)))));
}
`,
        ),
    });
    const { extra_data: _, tests, ...results } = toGradescope(report);
    return JSON.stringify([results, tests?.map(({ output }) => output)]);
  };

  it('is told as a rough size', async () => {
    expect(await notices('current.shape[1] === 8')).toMatch(/printed about [1-4]0 kB while/);
  });

  it('and not at all where inputs are private', async () => {
    expect(await notices('current.shape[2] === 11')).not.toMatch(/printed/);
  });
});
