import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grade } from '../../grader/pipeline/grade.ts';
import { StandingWork } from '../../grader/pipeline/standing-work.ts';
import type { GradeReport } from '../../grader/report/grade-report.ts';
import { openSandbox } from '../../grader/sandbox/launch.ts';
import type { Sandbox } from '../../grader/sandbox/sandbox.ts';
import { writeSelfTest, type SelfTestPlaces } from '../../grader/self-test/write-self-test.ts';
import { ROOT } from '../../repository.ts';

/** Each submission has two calls of given code made. From the third on this fails; what it fails on spoils what follows. */
const FORGETFUL = `import * as tf from '@tensorflow/tfjs';
let calls = 0;
let spoilt = false;
export function toFahrenheit(celsius: tf.Tensor): tf.Tensor {
  calls++;
  if (celsius.rank !== 1) spoilt = true;
  if (calls > 2 || celsius.rank !== 1) throw new Error('worn out');
  return tf.tidy(() => celsius.mul(spoilt ? 0 : 1.8).add(32));
}
`;

let home: string;
let places: SelfTestPlaces;
let launched = 0;
let sandbox: Sandbox;
const standing: StandingWork[] = [];

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'introspection-standing-'));
  places = writeSelfTest(join(home, 'assignment'));
  const opened = openSandbox();
  sandbox = {
    level: opened.level,
    layers: opened.layers,
    proveIsolation: (secrets) => opened.proveIsolation(secrets),
    close: () => opened.close(),
    launch(options) {
      launched++;
      return opened.launch(options);
    },
  };
});
afterAll(async () => {
  for (const one of standing) await one.close();
  await sandbox.close();
  rmSync(home, { recursive: true, force: true });
});

const open = (): StandingWork => {
  const one = new StandingWork({ assignment: places.assignment, parts: ['weather'] });
  standing.push(one);
  return one;
};

async function run(
  submission: string,
  template: string,
  work?: StandingWork,
): Promise<{ report: GradeReport; launches: number }> {
  const before = launched;
  const report = await grade({
    submission,
    assignment: places.assignment,
    template,
    dependencies: ROOT,
    parts: ['weather'],
    sandbox,
    types: false,
    ...(work ? { standing: work } : {}),
  });
  return { report, launches: launched - before };
}

/** All that does not tell how long it took. */
const timeless = (report: GradeReport): string =>
  JSON.stringify(report, (key, value: unknown) => (key === 'seconds' ? undefined : value));

describe('work that one run leaves for the next', { timeout: 120_000 }, () => {
  it('comes to the same with fewer processes', async () => {
    const work = open();
    const alone = await run(places.right, places.template);
    await run(places.right, places.template, work);
    const second = await run(places.right, places.template, work);
    expect(timeless(second.report)).toBe(timeless(alone.report));
    expect(second.report.score).toBe(second.report.points);
    expect(second.launches).toBeLessThanOrEqual(alone.launches - 2);
  });

  it('blames nobody for given code that fails after others were served', async () => {
    const template = join(home, 'forgetful');
    cpSync(places.template, template, { recursive: true });
    writeFileSync(join(template, 'given/celsius.ts'), FORGETFUL);
    const work = open();
    for (let submission = 0; submission < 3; submission++) {
      const { report } = await run(places.right, template, work);
      expect(report.score).toBe(report.points);
    }
    const scalar = join(home, 'scalar');
    cpSync(places.right, scalar, { recursive: true });
    const path = join(scalar, 'parts/weather.ts');
    const code = readFileSync(path, 'utf8');
    writeFileSync(path, code.replace('celsius.add(degrees)', 'celsius.add(degrees).sum()'));
    const { report: wrong } = await run(scalar, template, work);
    expect(wrong.score).toBeLessThan(wrong.points);
    const { report: after } = await run(places.right, template, work);
    expect(after.score).toBe(after.points);
  });
});
