import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { grade } from '../../../grader/pipeline/grade.ts';
import { StandingWork } from '../../../grader/pipeline/calls/standing-work.ts';
import type { GradeReport } from '../../../grader/report/grade-report.ts';
import { openSandbox } from '../../../grader/sandbox/launch.ts';
import { DEFAULT_LIMITS, type Sandbox } from '../../../grader/sandbox/sandbox.ts';
import { writeSelfTest, type SelfTestPlaces } from '../../../grader/self-test/write-self-test.ts';
import { ROOT } from '../../../repository.ts';

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
let onLaunch: (() => void) | undefined;
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
      const process = opened.launch(options);
      onLaunch?.();
      return process;
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

/** All that does not tell what it took. */
const timeless = (report: GradeReport): string =>
  JSON.stringify(report, (key, value: unknown) =>
    ['seconds', 'peakBytes'].includes(key) ? undefined : value,
  );

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

describe('given code that serves one submission after the other', { timeout: 60_000 }, () => {
  const code = Buffer.from(
    'export const modules = { "a.ts": { answer: () => 1, loop: () => { for (;;); } } };',
  );
  const given = (work: StandingWork, deadline: AbortSignal) =>
    work.given({
      bundle: () => Promise.resolve({ ok: true as const, code }),
      processOptions: {
        ...{ sandbox, directory: home, backend: 'cpu', threads: 1, limits: DEFAULT_LIMITS },
        ...{ timeFactor: 1, defaultTimeLimit: 50 },
      },
      deadline,
    });
  const plan = (name: string) => ({ id: name, module: 'a.ts', export: name, args: [] });

  it('starts nothing once the deadline has passed, and serves the next', async () => {
    const work = open();
    const over = new AbortController();
    const caller = await given(work, over.signal);
    const before = launched;
    over.abort();
    await expect(caller.call(plan('answer'), [], {})).rejects.toThrow('the time of the run is up');
    expect(launched).toBe(before);
    await caller.rest();
    const next = await given(work, new AbortController().signal);
    expect(await next.call(plan('answer'), [], {})).toMatchObject({ kind: 'returned' });
    await next.rest();
  });

  it('does not start a second time what the deadline has ended in its start', async () => {
    const work = open();
    const over = new AbortController();
    const caller = await given(work, over.signal);
    const before = launched;
    onLaunch = () => void setImmediate(() => over.abort());
    try {
      await expect(caller.call(plan('answer'), [], {})).rejects.toThrow('the time of the run is up');
    } finally {
      onLaunch = undefined;
    }
    expect(launched).toBe(before + 1);
    await caller.rest();
  });

  it('is cut off in a call that goes on for longer', async () => {
    const work = open();
    const over = new AbortController();
    const caller = await given(work, over.signal);
    await caller.call(plan('answer'), [], {});
    const call = caller.call(plan('loop'), [], {});
    setTimeout(() => over.abort(), 200);
    expect(await call).toMatchObject({ kind: 'failed' });
    await caller.rest();
  });
});
