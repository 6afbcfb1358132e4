import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { controlGroup } from '../../../packaging/simulator/limits/control-group.ts';
import type { Limiter } from '../../../packaging/simulator/limits/limiter.ts';
import { throttle } from '../../../packaging/simulator/limits/throttle.ts';
import { MiB } from '../../../grader/format/units.ts';

const allowance = { cpu: 0.5, memoryBytes: 200 * MiB };
const kernel = (): Limiter | undefined => controlGroup(allowance);
const offersGroups = (() => {
  const limiter = kernel();
  limiter?.stop();
  return limiter !== undefined;
})();

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'introspection-limits-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** The signal that ended the program, if one did. */
async function run(limiter: Limiter, program: string): Promise<string | undefined> {
  const script = `${limiter.join} && exec "$0" -e "$1"`;
  const child = execa('bash', ['-c', script, process.execPath, program], { stdio: 'ignore', reject: false });
  limiter.watch(child.pid!);
  return (await child).signal;
}

const HOG = 'const held = []; setInterval(() => held.push(Buffer.alloc(20 * 2 ** 20, 1)), 20);';
const BUSY = 'const end = Date.now() + 1500; while (Date.now() < end);';

const limiters: [string, () => Limiter][] = [
  ['watched from outside', () => throttle(allowance)],
  ...(offersGroups ? [['by the kernel', () => kernel()!] as [string, () => Limiter]] : []),
];

it.each(limiters)('memory %s: a hog is ended, and its peak known', async (_, open) => {
  const limiter = open();
  const signal = await run(limiter, HOG);
  const { outOfMemory, peakBytes } = limiter.stop();
  expect([signal, outOfMemory]).toEqual(['SIGKILL', true]);
  expect(peakBytes).toBeGreaterThan(100 * MiB);
});

it.each(limiters)('processor %s: a busy program gets about half of the time', async (_, open) => {
  const limiter = open();
  await run(limiter, BUSY);
  const { processorSeconds, outOfMemory } = limiter.stop();
  expect(outOfMemory).toBe(false);
  expect(processorSeconds).toBeGreaterThan(0.05);
  expect(processorSeconds).toBeLessThan(1.2);
});

it('version 2 of control groups gets its limits as the kernel wants them', () => {
  writeFileSync(join(directory, 'cgroup.subtree_control'), 'cpu memory pids\n');
  const limiter = controlGroup(allowance, directory)!;
  const group = readdirSync(directory).find((name) => name.startsWith('introspection'))!;
  const read = (name: string): string => readFileSync(join(directory, group, name), 'utf8');
  expect([read('cpu.max'), read('memory.max')]).toEqual(['50000 100000', String(200 * MiB)]);
  expect(limiter.visible).toEqual([`.=${join(directory, group)}`]);
  writeFileSync(join(directory, group, 'cpu.stat'), 'usage_usec 2500000\n');
  writeFileSync(join(directory, group, 'memory.events'), 'oom 1\noom_kill 1\n');
  writeFileSync(join(directory, group, 'memory.stat'), 'anon 1000\nshmem 20\nkernel 3\nfile 900000\n');
  limiter.watch(process.pid);
  // On a real system the kernel's files go with the folder; here they keep it from being removed.
  const usage = limiter.stop();
  expect(usage).toEqual({ peakBytes: 1023, processorSeconds: 2.5, outOfMemory: true });
});

it('no control groups, no limiter', () => {
  mkdirSync(join(directory, 'cpu'));
  expect(controlGroup(allowance, directory)).toBeUndefined();
});
