import { readFileSync, renameSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GradescopeResults } from '../../../grader/gradescope/results-schema.ts';
import { randomStream } from '../../../reference/lib/random.ts';
import { endTree } from '../../../packaging/simulator/end-tree.ts';
import { ROOT } from '../../../repository.ts';
import { installPackage, type InstalledPackage } from './installed-package.ts';

/** How often a run is killed at a random moment; the full count is for a machine with nothing else to do. */
const KILLS = Number(process.env.KILLS ?? 6);

let installed: InstalledPackage;
beforeAll(async () => {
  installed = await installPackage();
});
afterAll(() => installed.remove());

async function runToEnd(submission: string): Promise<number | undefined> {
  return (await installed.start(submission)).exitCode;
}

const scores = ({ tests = [] }: GradescopeResults): number[] => tests.map((test) => test.score ?? 0);

describe('the package as it is run', () => {
  it('grades a right submission with full marks', async () => {
    expect(await runToEnd(installed.selfTest.right)).toBe(0);
    const { score, extra_data: extra } = installed.results();
    expect(score).toBe(11);
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(extra).toMatchObject({ state: 'complete', backend: 'wasm', grader_version: version });
    expect(extra?.package_sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('leaves its first results when Node.js cannot be started', async () => {
    const node = join(installed.root, 'node', 'bin', 'node');
    unlinkSync(node);
    try {
      expect(await runToEnd(installed.selfTest.right)).not.toBe(0);
      const { score, output } = installed.results();
      expect(score).toBe(0);
      expect(output).toMatch(/did not start.*contact the staff/);
    } finally {
      symlinkSync(process.execPath, node);
    }
  });

  it('says that the fault is not the student’s when the assignment cannot be read', async () => {
    const place = join(installed.root, 'source', 'assignment', 'private');
    renameSync(place, `${place}-elsewhere`);
    try {
      expect(await runToEnd(installed.selfTest.right)).toBe(3);
      expect(installed.results()).toMatchObject({
        score: 0,
        output: expect.stringMatching(/contact the staff/) as string,
      });
    } finally {
      renameSync(`${place}-elsewhere`, place);
    }
  });

  it(
    `killed at ${KILLS} random moments, it leaves valid results that never say more than was earned`,
    async () => {
      const begin = performance.now();
      await runToEnd(installed.selfTest.right);
      const whole = performance.now() - begin;
      const earned = installed.results();
      const random = randomStream('kills');
      const seen: number[] = [];
      for (let i = 0; i < KILLS; i++) {
        const child = installed.start(installed.selfTest.right);
        // The shell that writes the first results needs a moment before there is anything to lose.
        await Promise.race([child, sleep(30 + random.uniform() * whole)]);
        endTree(child.pid!);
        await child;
        const left = installed.results();
        expect(left.score).toBeLessThanOrEqual(earned.score!);
        scores(left).forEach((score, check) => expect(score).toBeLessThanOrEqual(scores(earned)[check]));
        seen.push(left.score!);
      }
      expect(seen).toHaveLength(KILLS);
      if (KILLS >= 100) expect(new Set(seen).size).toBeGreaterThan(2);
    },
    60_000 + KILLS * 20_000,
  );
});

it('at its deadline it reports what was graded, and says what was not', async () => {
  const hurried = await installPackage({ timeoutMinutes: 1, timeFactor: 60 });
  try {
    const begin = performance.now();
    const { exitCode } = await hurried.start(hurried.selfTest.wrong);
    expect(exitCode).toBe(0);
    expect(performance.now() - begin).toBeLessThan(40_000);
    const { score, output, extra_data: extra } = hurried.results();
    expect(extra?.state).toBe('running');
    expect(score).toBe(1);
    expect(output).toMatch(/1 minutes, ran out/);
    expect(output).toMatch(/Not graded: Weather, Clock/);
  } finally {
    hurried.remove();
    rmSync(hurried.root, { recursive: true, force: true });
  }
});
