import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EXIT, type ExitCode } from '../../../grader/cli/exit-code.ts';
import { installedCompiler } from '../../../grader/compile/installed-compiler.ts';
import { UsageError } from '../../../grader/format/errors.ts';
import { whenProcessEnds } from '../../../grader/sandbox/process-end.ts';
import type { KitPlaces } from './places.ts';

/** Runs a program in the student's folder as if it had been called there; no shell is between. */
async function runIn(folder: string, [file, ...args]: readonly [string, ...string[]]): Promise<ExitCode> {
  const child = spawn(file, args, { cwd: folder, stdio: 'inherit', windowsHide: true });
  // A terminal tells both of Ctrl+C; an editor or a script that ends a command knows of this process alone.
  const done = whenProcessEnds(() => void child.kill());
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status, signal) => resolve(status ?? (signal ? EXIT.found : EXIT.done)));
  }).finally(done);
  return Object.values(EXIT).find((one) => one === code) ?? EXIT.found;
}

/** Node.js with a loader for TypeScript. */
function withLoader({ folder }: KitPlaces, before: readonly string[] = []): [string, ...string[]] {
  const tsx = createRequire(join(folder, 'package.json')).resolve('tsx');
  const modules = [...before, tsx].map((path) => `--import=${pathToFileURL(path).href}`);
  return [process.execPath, ...modules];
}

export function visualize(args: readonly string[], places: KitPlaces): Promise<ExitCode> {
  return runIn(places.folder, [...withLoader(places, [places.prepare]), 'visualize.ts', ...args]);
}

export function report(args: readonly string[], places: KitPlaces): Promise<ExitCode> {
  return runIn(places.folder, [...withLoader(places), 'build-report.ts', ...args]);
}

export async function typecheck(args: readonly string[], { folder }: KitPlaces): Promise<ExitCode> {
  const { kind, path } = installedCompiler();
  const program: [string, ...string[]] = kind === 'node' ? [process.execPath, path] : [path];
  const exitCode = await runIn(folder, [...program, '--noEmit', '-p', 'tsconfig.json', ...args]);
  if (exitCode === EXIT.done) process.stdout.write('No type errors.\n');
  return exitCode;
}

export function test(args: readonly string[], { folder }: KitPlaces): Promise<ExitCode> {
  const vitest = join(folder, 'node_modules', 'vitest', 'vitest.mjs');
  if (!existsSync(vitest)) throw new UsageError('vitest is not installed; run npm install');
  return runIn(folder, [process.execPath, vitest, 'run', ...args]);
}
