// Not execa: the spawn is what isolation is compared with, and execa's own set-up would be part of it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSandbox } from '../../grader/sandbox/launch.ts';
import type { Means } from '../../grader/sandbox/layers.ts';
import { DEFAULT_LIMITS, type Sandbox } from '../../grader/sandbox/sandbox.ts';
import { median } from '../bench/median.ts';
import { startProgress } from '../terminal/progress.ts';
import { renderTable } from '../terminal/table.ts';

const WAYS: readonly { readonly name: string; readonly without: readonly Means[] }[] = [
  { name: 'everything', without: [] },
  { name: 'no bubblewrap', without: ['bubblewrap'] },
  { name: 'no bubblewrap, no compiler', without: ['bubblewrap', 'compiler'] },
  { name: 'util-linux', without: ['bubblewrap', 'compiler', 'perl'] },
];
const NOTHING = ['-e', '0'];

async function timed(run: () => Promise<void>): Promise<number> {
  const begin = performance.now();
  await run();
  return performance.now() - begin;
}

async function bare(cwd: string): Promise<void> {
  const child = spawn(process.execPath, NOTHING, { cwd, env: {}, stdio: ['pipe', 'pipe', 'pipe', 'pipe'] });
  await once(child, 'exit');
}

async function isolated(sandbox: Sandbox, cwd: string): Promise<void> {
  const command: [string, ...string[]] = [process.execPath, ...NOTHING];
  const child = sandbox.launch({ kind: 'program', command, readable: [cwd], cwd, limits: DEFAULT_LIMITS });
  await child.ended;
  await child.destroy();
}

/**
 * The time from launch until nothing is left of a Node.js that does nothing, against a bare spawn until its exit.
 * The kinds take turns, so that the load of the machine meets all of them alike.
 */
export async function measureCost(rounds: number): Promise<string> {
  const cwd = mkdtempSync(join(tmpdir(), 'sandbox-cost-'));
  chmodSync(cwd, 0o755);
  const kinds = WAYS.map(({ name, without }) => ({
    name,
    sandbox: openSandbox({ without }),
    times: [] as number[],
  }));
  const bareTimes: number[] = [];
  const progress = startProgress({ title: 'rounds', total: rounds });
  try {
    for (let round = 1; round <= rounds; round++) {
      bareTimes.push(await timed(() => bare(cwd)));
      for (const kind of kinds) kind.times.push(await timed(() => isolated(kind.sandbox, cwd)));
      progress.at(round);
    }
  } finally {
    progress.end();
    rmSync(cwd, { recursive: true });
  }
  const added = ({ times }: { times: readonly number[] }): number =>
    median(times.map((time, i) => time - bareTimes[i]));
  return renderTable(
    [
      { name: `medians of ${rounds}` },
      { name: 'ms', align: 'right' },
      { name: 'ms more than a bare spawn', align: 'right' },
    ],
    [
      ['bare spawn', median(bareTimes).toFixed(1), ''],
      ...kinds.map((kind) => [kind.name, median(kind.times).toFixed(1), added(kind).toFixed(1)]),
    ],
  );
}
