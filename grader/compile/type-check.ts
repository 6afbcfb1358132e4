import { existsSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hostFault } from '../sandbox/host-fault.ts';
import { DEFAULT_LIMITS, type Sandbox } from '../sandbox/sandbox.ts';
import { runToEnd, type FinishedRun } from './run-to-end.ts';
import type { CompileProblem } from './compile-problem.ts';
import { installedCompilers, type InstalledCompiler } from './installed-compiler.ts';
import { tscProblems } from './tsc-problems.ts';
import { MiB } from '../format/units.ts';

const MAX_PROBLEMS = 10;

export type TypeReport =
  | { readonly state: 'checked'; readonly problems: readonly CompileProblem[] }
  | {
      readonly state: 'unavailable';
      readonly why: string;
      /** For staff, where it is this machine that is at fault. */
      readonly fault?: string;
    };

/**
 * Type-checks the solution files of a staged submission with the template's own settings, inside the sandbox.
 * The result is advice: code that runs is graded by what it computes.
 *
 * @param options.dependencies directory whose `node_modules` holds TypeScript's and TensorFlow.js's declarations
 */
export async function typeCheck(options: {
  sandbox: Sandbox;
  staged: string;
  solutionFiles: readonly string[];
  dependencies: string;
  seconds: number;
}): Promise<TypeReport> {
  const installed = join(options.dependencies, 'node_modules');
  if (!existsSync(join(installed, '@tensorflow', 'tfjs'))) {
    return { state: 'unavailable', why: 'the type declarations of @tensorflow/tfjs are not installed' };
  }
  // Permissions are granted for real paths.
  const modules = realpathSync(installed);
  // Windows lets everybody make a junction, but a link only with a right of its own.
  symlinkSync(modules, join(options.staged, 'node_modules'), 'junction');
  const project = 'tsconfig.grading.json';
  writeFileSync(
    join(options.staged, project),
    JSON.stringify({
      extends: './tsconfig.json',
      compilerOptions: { noEmit: true, skipLibCheck: true, types: [], incremental: false },
      files: options.solutionFiles,
      include: [],
    }),
  );
  const run = await runFirst(installedCompilers(), (compiler) =>
    runToEnd({
      sandbox: options.sandbox,
      launch: {
        kind: compiler.kind,
        command: [compiler.path, ...flagsOf(compiler), '--pretty', 'false', '-p', project],
        readable: [options.staged, modules],
        cwd: options.staged,
        limits: { ...DEFAULT_LIMITS, residentBytes: 1024 * MiB, cpuSeconds: Math.ceil(options.seconds) },
      },
      input: '',
      seconds: options.seconds,
      maxOutputBytes: 1 * MiB,
    }),
  );
  if (run.notStarted !== undefined) {
    const why = 'the type checker did not start, which is not your fault';
    return { state: 'unavailable', why, fault: hostFault(run.compiler.path, run.notStarted) };
  }
  const reported = tscProblems(run.stdout.toString('utf8'));
  if (run.ending !== 'exit 0' && reported.length === 0) {
    return { state: 'unavailable', why: `the type checker ended with ${run.ending}` };
  }
  const own = new Set(options.solutionFiles);
  const problems = reported.filter(({ file, message }) => own.has(file) && !ENVIRONMENT_NAMES.test(message));
  return { state: 'checked', problems: problems.slice(0, MAX_PROBLEMS) };
}

/** A name that the declarations of Node.js or a browser would bring, such as `console`: not loaded here, but there. */
const ENVIRONMENT_NAMES = /^TS(2580|2584|2591):/;

/** The executable uses all processors unless it is told not to, and here the parts are graded meanwhile. */
const flagsOf = ({ kind }: InstalledCompiler): readonly string[] =>
  kind === 'program' ? ['--singleThreaded'] : [];

/** Runs the first compiler that starts here: an executable may lie where none can be started from. */
async function runFirst(
  [first, ...others]: readonly [InstalledCompiler, ...InstalledCompiler[]],
  run: (compiler: InstalledCompiler) => Promise<FinishedRun>,
): Promise<FinishedRun & { readonly compiler: InstalledCompiler }> {
  const finished = await run(first);
  const [next, ...rest] = others;
  if (finished.notStarted === undefined || !next) return { ...finished, compiler: first };
  return runFirst([next, ...rest], run);
}
