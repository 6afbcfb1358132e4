// Not execa: what is timed is a spawn as the grader's launcher does it, and execa's own set-up would be part of it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { layOutRunner, RUNNER } from '../../grader/child/build.ts';

/**
 * The times, in milliseconds, from starting a grading child to its word on descriptor 3 that it is ready, and from
 * starting to the end of a Node process that does nothing: what of it is Node's own.
 */
export async function spawnToReady(runs: number): Promise<{ ready: number[]; bareNode: number[] }> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-runner-'));
  const ready: number[] = [];
  const bareNode: number[] = [];
  try {
    await layOutRunner(directory);
    for (let run = 0; run < runs; run++) {
      let start = performance.now();
      const child = spawn(process.execPath, [join(directory, RUNNER), 'wasm', '1', directory], {
        stdio: ['pipe', 'ignore', 'inherit', 'pipe'],
      });
      await once(child.stdio[3] as Readable, 'data');
      ready.push(performance.now() - start);
      child.kill('SIGKILL');
      await once(child, 'close');

      start = performance.now();
      await once(spawn(process.execPath, ['--eval', '0'], { stdio: 'ignore' }), 'close');
      bareNode.push(performance.now() - start);
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  return { ready, bareNode };
}
