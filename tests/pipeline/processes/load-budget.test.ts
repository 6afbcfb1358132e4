import { afterEach, describe, expect, it } from 'vitest';
import type { CallOutcome } from '../../../grader/format/outcome.ts';
import type { SandboxedProcess } from '../../../grader/sandbox/sandbox.ts';
import { runModules, type RunningModules } from '../../child/run-modules.ts';

/** So that all loads of a bundle together have 4 seconds. */
const TIME_FACTOR = 0.2;
/** As many as use up more than that. */
const LOADS = 5;

/** Takes a second to load. */
const slow = `
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
export const one = () => 1;
export const crash = () => (globalThis as any).process.kill((globalThis as any).process.pid, 'SIGKILL');
`;

let running: RunningModules | undefined;
afterEach(() => running?.close());

const start = async (launched?: (process: SandboxedProcess) => SandboxedProcess): Promise<RunningModules> =>
  (running = await runModules(
    { 'slow.ts': slow },
    { timeFactor: TIME_FACTOR, ...(launched ? { launched } : {}) },
  ));

const ONE = { kind: 'returned', value: { number: 1 } };
const TIMED_OUT = { kind: 'failed', reason: 'time-out' };

/** Its process crashes after each load. */
async function loadAgainAndAgain({ call }: RunningModules): Promise<CallOutcome> {
  for (let load = 1; load < LOADS; load++) await call('crash');
  return call('one');
}

/** It says that it waits for a processor all the time. */
const starving = (process: SandboxedProcess): SandboxedProcess =>
  new Proxy(process, {
    get: (target, key) => {
      if (key === 'processorWaits') return () => new Map([['1/1', performance.now() / 1000]]);
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });

describe('the time that all loads of a bundle have together', { timeout: 60_000 }, () => {
  it('is used up by code that crashes its process again and again, until its budgets are reset', async () => {
    const modules = await start();
    expect(await loadAgainAndAgain(modules)).toMatchObject(TIMED_OUT);
    expect(await modules.call('one')).toMatchObject(TIMED_OUT);
    modules.process.resetBudgets();
    expect(await modules.call('one')).toMatchObject(ONE);
  });

  it('is not used up by loads after room was made', async () => {
    const modules = await start();
    for (let load = 0; load < LOADS; load++) {
      expect(await modules.call('one')).toMatchObject(ONE);
      await modules.process.makeRoom();
    }
  });

  it('does not pass while the host gives no processor', async () => {
    expect(await loadAgainAndAgain(await start(starving))).toMatchObject(ONE);
  });
});
