import { describe, expect, it } from 'vitest';
import { loadAssignment } from '../../grader/assignment/load.ts';
import type { LoadedPart } from '../../grader/assignment/loaded.ts';
import type { Evidence } from '../../grader/checks/evidence.ts';
import { judge, type Check } from '../../grader/checks/index.ts';
import { partEvidence } from '../../grader/pipeline/judging/evidence-of-part.ts';
import { judgePart } from '../../grader/pipeline/judging/judge-part.ts';
import { ASSIGNMENT, TEMPLATE } from '../../repository.ts';
import { seededRandom } from '../fuzz/random.ts';
import { ReceivedOutcomes, type Manner } from './received-outcomes.ts';

const { parts } = loadAssignment(ASSIGNMENT);
const ROUNDS = 100;
const SEED = 20_261_126;

/** Kinds that look at what calls returned. */
const JUDGES_VALUES: ReadonlySet<Check['kind']> = new Set([
  'gradient-close',
  'kernel-count',
  'memory',
  'png-match',
  'property',
  'tensor-close',
]);
const COMPARES: ReadonlySet<Check['kind']> = new Set(['gradient-close', 'png-match', 'tensor-close']);

/** What a part's checks look at, where its calls ended in arbitrary ways. */
function* evidences(part: LoadedPart, manner: Manner, rounds = ROUNDS): Generator<[seed: number, Evidence]> {
  for (let seed = SEED; seed < SEED + rounds; seed++) {
    const outcomes = new ReceivedOutcomes(seededRandom(seed), manner).ofPart(part);
    const review = { findings: new Map() };
    yield [seed, partEvidence({ part, outcomes, review, files: new Map(), template: TEMPLATE })];
  }
}

const calling = parts.filter((part) => part.cases.size > 0);

describe('whatever a submission returns', { timeout: 300_000 }, () => {
  it.each(calling)('$id: no judge throws and none is at fault', (part) => {
    for (const manner of ['anything', 'near', 'wild', 'nothing'] as const) {
      for (const [seed, evidence] of evidences(part, manner)) {
        const faults: string[] = [];
        judgePart(part, evidence, (check, message) => faults.push(`${check}: ${message}`));
        // It skips checks whose required ones did not pass.
        for (const { check } of part.checks.filter((one) => one.check.requires)) {
          const verdict = judge(check, evidence);
          if (verdict.outcome === 'errored') faults.push(`${check.id}: ${verdict.message}`);
        }
        expect(faults, `${manner}, seed ${seed}`).toEqual([]);
      }
    }
  });

  it.each(calling)('$id: what cannot be an answer earns nothing', (part) => {
    for (const [seed, evidence] of evidences(part, 'nothing')) {
      const earning = judgePart(part, evidence, () => undefined).filter(
        ({ id, earned }) =>
          earned > 0 && JUDGES_VALUES.has(part.checks.find(({ check }) => check.id === id)!.check.kind),
      );
      expect(
        earning.map(({ id }) => id),
        `seed ${seed}`,
      ).toEqual([]);
    }
  });

  it.each(calling)('$id: arbitrary values earn nothing where exact ones are asked for', (part) => {
    for (const [seed, evidence] of evidences(part, 'wild')) {
      for (const { check } of part.checks.filter((one) => COMPARES.has(one.check.kind))) {
        const verdict = judge(check, evidence);
        expect(verdict.outcome, `${check.id}, seed ${seed}`).not.toBe('passed');
        if (verdict.outcome === 'failed') expect(verdict.share, `${check.id}, seed ${seed}`).toBeUndefined();
      }
    }
  });
});
