import { mkdtempSync, chmodSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Means } from '../../grader/sandbox/layers.ts';
import {
  DEFAULT_LIMITS,
  type Ending,
  type LaunchOptions,
  type Sandbox,
  type SandboxedProcess,
} from '../../grader/sandbox/sandbox.ts';

export const isRoot = process.platform === 'linux' && process.getuid?.() === 0;

/** Ways of isolating that one machine can be made to use, strongest first, by the means left out. */
export const WAYS: readonly { readonly name: string; readonly without: readonly Means[] }[] = [
  { name: 'everything', without: [] },
  { name: 'no bubblewrap', without: ['bubblewrap'] },
  { name: 'no bubblewrap and no Landlock', without: ['bubblewrap', 'landlock'] },
  { name: 'no bubblewrap and no compiler', without: ['bubblewrap', 'compiler'] },
  { name: 'util-linux only', without: ['bubblewrap', 'compiler', 'perl'] },
];

/** Those in which system calls are filtered. */
export const FILTERED_WAYS = WAYS.slice(0, 4);

/** A directory that every user can read; removed by the returned function. */
export function openDirectory(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'sandbox-test-'));
  chmodSync(path, 0o755);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export interface Finished {
  readonly ending: Ending;
  readonly stdout: string;
  readonly stderr: string;
  readonly answers: string;
}

export function start(
  sandbox: Sandbox,
  options: Pick<LaunchOptions, 'command' | 'cwd'> & Partial<LaunchOptions>,
): SandboxedProcess {
  return sandbox.launch({ kind: 'program', readable: [options.cwd], limits: DEFAULT_LIMITS, ...options });
}

/** Runs to the end and clears away; what came through the pipes is kept. */
export async function finish(child: SandboxedProcess): Promise<Finished> {
  const texts = { stdout: '', stderr: '', answers: '' };
  for (const name of ['stdout', 'stderr', 'answers'] as const) {
    child[name].on('data', (part: Buffer) => (texts[name] += part.toString('utf8')));
  }
  child.stdin.end();
  const ending = await child.ended;
  // What was written last may still be on its way.
  await new Promise((resolve) => setTimeout(resolve, 20));
  await child.destroy();
  return { ending, ...texts };
}
