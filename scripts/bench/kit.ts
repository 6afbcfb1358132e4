// Not execa: what is timed is a program that goes on running, line by line.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COURSE } from '../../packaging/builder/contents.ts';
import { kitContents } from '../../packaging/kit/kit-contents.ts';
import { layOut } from '../../packaging/kit/lay-out.ts';
import { FIXTURES } from '../../repository.ts';
import type { CollectedTimes } from './collected-times.ts';

const SOLUTIONS = join(FIXTURES, 'submissions/should-pass/reference');
const RUNS = 5;
/** Two saves come no closer than this: in between, a child is started for the next. */
const BETWEEN_SAVES_MS = 3000;

/** Milliseconds from starting `check` of a part to its end, types included. */
async function coldCheck(folder: string, part: string): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, ['kit.mjs', 'check', part], { cwd: folder, stdio: 'ignore' });
  await once(child, 'close');
  return performance.now() - start;
}

/** Milliseconds from saving a part's file to the verdicts, while `check --watch` runs. */
async function warmChecks(folder: string, part: string, file: string): Promise<number[]> {
  const child = spawn(process.execPath, ['kit.mjs', 'check', '--watch', part], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let heard = '';
  child.stdout.on('data', (chunk: Buffer) => (heard += chunk.toString('utf8')));
  const hear = async (text: string): Promise<void> => {
    while (!heard.includes(text)) await once(child.stdout, 'data');
    heard = '';
  };
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, BETWEEN_SAVES_MS));
  const solution = readFileSync(join(folder, file), 'utf8');
  const times: number[] = [];
  try {
    await hear('Watching your files');
    for (let run = 0; run < RUNS; run++) {
      await pause();
      const start = performance.now();
      writeFileSync(join(folder, file), `${solution}\n// ${run}\n`);
      await hear('Next:');
      times.push(performance.now() - start);
    }
  } finally {
    child.kill('SIGINT');
    await once(child, 'close');
  }
  return times;
}

/** Times what a student waits for in the kit, with the solutions of the reference, where the fixtures are there. */
export async function timeKit({ times }: { readonly times: CollectedTimes }): Promise<void> {
  if (!existsSync(SOLUTIONS)) return;
  const folder = mkdtempSync(join(tmpdir(), 'bench-kit-'));
  try {
    layOut(folder, await kitContents(COURSE));
    const parts = { 'tv-loss': 'style-modules/tv-loss.ts', 'grad-cam': 'visualizers/grad-cam.ts' };
    for (const file of Object.values(parts)) {
      writeFileSync(join(folder, file), readFileSync(join(SOLUTIONS, file)));
    }
    const cold: number[] = [];
    for (let run = 0; run < RUNS; run++) cold.push(await coldCheck(folder, 'tv-loss'));
    times.add({ backend: 'wasm', threads: 1 }, [{ name: 'kit: check tv-loss, cold', times: cold }]);
    for (const [part, file] of Object.entries(parts)) {
      const warm = await warmChecks(folder, part, file);
      times.add({ backend: 'wasm', threads: 1 }, [{ name: `kit: check ${part} after a save`, times: warm }]);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
