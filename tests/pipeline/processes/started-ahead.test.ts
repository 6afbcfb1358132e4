import { mkdtempSync, rmSync, writeFileSync, cpSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { grade } from '../../../grader/pipeline/grade.ts';
import type { Sandbox } from '../../../grader/sandbox/sandbox.ts';
import { gradeOptions, REFERENCE } from '../../corpus/graded.ts';

const PART = 'tv-loss';
const folder = mkdtempSync(join(tmpdir(), 'introspection-ahead-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A sandbox that notes what is launched by it and when that ends. */
function noting(sandbox: Sandbox, events: string[]): Sandbox {
  return {
    level: sandbox.level,
    layers: sandbox.layers,
    proveIsolation: (secrets) => sandbox.proveIsolation(secrets),
    close: () => sandbox.close(),
    launch(options) {
      const name = basename(options.command[0]);
      const process = sandbox.launch(options);
      events.push(`${name} starts`);
      void process.ended.then(() => events.push(`${name} ends`));
      return process;
    },
  };
}

async function eventsOf(
  submission: string,
  change: (sandbox: Sandbox) => Sandbox = (one) => one,
): Promise<string[]> {
  const events: string[] = [];
  const { sandbox, ...options } = gradeOptions(submission);
  await grade({ ...options, sandbox: noting(change(sandbox!), events), parts: [PART] });
  return events;
}

describe('the child of a part', () => {
  it('starts while the code is bundled', async () => {
    const events = await eventsOf(REFERENCE);
    expect(events.toSorted()).toEqual([
      'esbuild ends',
      'esbuild starts',
      'runner.mjs ends',
      'runner.mjs starts',
    ]);
    expect(events.indexOf('runner.mjs starts')).toBeLessThan(events.indexOf('esbuild ends'));
  });

  it('starts after it where processes are few', async () => {
    const events = await eventsOf(REFERENCE, (sandbox) => ({
      ...noting(sandbox, []),
      layers: { ...sandbox.layers, fewProcesses: true },
    }));
    expect(events.indexOf('runner.mjs starts')).toBeGreaterThan(events.indexOf('esbuild ends'));
  });

  it('is ended where the code does not compile', async () => {
    cpSync(REFERENCE, folder, { recursive: true });
    const text = "import { nothing } from '../lib/random.ts';\nexport const tvLoss = nothing;\n";
    writeFileSync(join(folder, 'style-modules/tv-loss.ts'), text);
    const events = await eventsOf(folder);
    const count = (event: string): number => events.filter((one) => one === event).length;
    expect(count('runner.mjs starts')).toBe(1);
    expect(count('runner.mjs ends')).toBe(1);
  });
});
