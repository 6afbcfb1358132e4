import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { GraderError } from '../format/errors.ts';
import { hostFault, lacksThreads } from '../sandbox/host-fault.ts';
import { DEFAULT_LIMITS, type Sandbox } from '../sandbox/sandbox.ts';
import type { CompileProblem } from './compile-problem.ts';
import { ENTRY, esbuildProblems } from './esbuild-problems.ts';
import { copiedEsbuild, installedEsbuild } from './esbuild-program.ts';
import { runToEnd, type FinishedRun } from './run-to-end.ts';
import { MiB } from '../format/units.ts';

export type Bundle =
  | { readonly ok: true; readonly code: Buffer }
  | { readonly ok: false; readonly problems: readonly CompileProblem[] };

const MAX_BUNDLE_BYTES = 16 * MiB;
const TIME_LIMIT_SECONDS = 20;

/** Stands in for `@tensorflow/tfjs` in a bundle: the instance that the runner has set up. */
const TFJS_SHIM = "module.exports = globalThis[Symbol.for('introspection-grader.tfjs')];\n";
/** What any compiler that starts can bundle. */
const NOTHING = 'export const modules = {};\n';

/** Bundles modules of a staged submission, inside the sandbox, importing nothing but each other and TensorFlow.js. */
export class Bundler {
  readonly #sandbox: Sandbox;
  readonly #tools: string;
  /** The copy, where the installed one does not run here. */
  #copied: Promise<string> | undefined;

  /** @param options.tools a directory of our own, readable by the sandboxed compiler */
  constructor(options: { sandbox: Sandbox; tools: string }) {
    this.#sandbox = options.sandbox;
    this.#tools = options.tools;
    mkdirSync(options.tools, { recursive: true });
    writeFileSync(join(options.tools, 'tfjs.cjs'), TFJS_SHIM);
  }

  /**
   * @param options.modules paths in the staged tree; the bundle exports `modules`, a record of them by path
   * @throws GraderError when the compiler does not run here, whatever is to be bundled
   */
  async bundle(options: { staged: string; modules: readonly string[] }): Promise<Bundle> {
    const imports = options.modules.map((path, i) => `import * as m${i} from './${path}';`);
    const record = options.modules.map((path, i) => `${JSON.stringify(path)}: m${i}`);
    const entry = `${imports.join('\n')}\nexport const modules = { ${record.join(', ')} };\n`;
    const { compiler, run } = await this.#runWhatRuns(options.staged, entry);
    if (run.ending === 'exit 0') return { ok: true, code: run.stdout };
    const stderr = run.stderr.toString('utf8');
    const problems = esbuildProblems(stderr);
    const own = problems.filter(({ file }) => file === ENTRY || isStaged(file, options.staged));
    if (own.length > 0) return { ok: false, problems: own };
    if (problems.length === 0) await this.#requireCompiler(compiler, run);
    const message =
      run.ending !== 'exit 1'
        ? `the compiler ended with ${run.ending}`
        : problems.length > 0
          ? 'the compiler fails on a file that is not part of the submission'
          : 'the compiler gave no reason';
    return {
      ok: false,
      problems: [{ file: options.modules[0], line: 1, column: 1, message, sourceLine: '' }],
    };
  }

  #run(compiler: string, directory: string, input: string): Promise<FinishedRun> {
    return runToEnd({
      sandbox: this.#sandbox,
      launch: {
        kind: 'program',
        command: [compiler, ...this.#flags()],
        readable: [directory, this.#tools],
        cwd: directory,
        limits: { ...DEFAULT_LIMITS, residentBytes: 512 * MiB, cpuSeconds: TIME_LIMIT_SECONDS },
      },
      input,
      seconds: TIME_LIMIT_SECONDS,
      maxOutputBytes: MAX_BUNDLE_BYTES,
    });
  }

  /**
   * Where programs can be started from differs by host: a folder may be closed to other users, or mounted noexec. The
   * installed compiler is tried on what is to be bundled; only where it gives no reason for failing, on nothing.
   */
  async #runWhatRuns(staged: string, entry: string): Promise<{ compiler: string; run: FinishedRun }> {
    if (!this.#copied) {
      const compiler = installedEsbuild();
      const run = await this.#run(compiler, staged, entry);
      const isReason = esbuildProblems(run.stderr.toString('utf8')).length > 0;
      if (run.ending === 'exit 0' || isReason) return { compiler, run };
      const refusal = await this.#refusalOf(compiler);
      if (refusal === undefined) return { compiler, run };
      this.#copied ??= this.#copyCompiler(refusal);
    }
    const compiler = await this.#copied;
    return { compiler, run: await this.#run(compiler, staged, entry) };
  }

  /** @throws GraderError where not even a copy runs, saying of both why */
  async #copyCompiler(refusalOfInstalled: string): Promise<string> {
    const compiler = copiedEsbuild(this.#tools);
    const refusal = await this.#refusalOf(compiler);
    if (refusal !== undefined) throw new GraderError(`${refusalOfInstalled}. ${refusal}`);
    return compiler;
  }

  /** Why the compiler does not run here, if it does not. */
  async #refusalOf(compiler: string): Promise<string | undefined> {
    const run = await this.#run(compiler, this.#tools, NOTHING);
    return run.ending === 'exit 0' ? undefined : hostFault(compiler, reasonOf(run));
  }

  /** A compiler that fails without naming a mistake may be at fault itself, and so may this machine. */
  async #requireCompiler(compiler: string, failed: FinishedRun): Promise<void> {
    const isOurs = failed.notStarted !== undefined || lacksThreads(failed.stderr.toString('utf8'));
    const refusal = isOurs ? hostFault(compiler, reasonOf(failed)) : await this.#refusalOf(compiler);
    if (refusal !== undefined) throw new GraderError(refusal);
  }

  #flags(): string[] {
    return [
      '--bundle',
      '--format=esm',
      '--platform=neutral',
      '--target=es2022',
      '--keep-names',
      '--sourcemap=inline',
      '--sources-content=false',
      '--charset=utf8',
      '--log-level=error',
      '--log-limit=5',
      '--color=false',
      `--sourcefile=${ENTRY}`,
      '--loader=ts',
      `--alias:@tensorflow/tfjs=${join(this.#tools, 'tfjs.cjs')}`,
    ];
  }
}

function reasonOf({ notStarted, stderr, ending }: FinishedRun): string {
  return notStarted ?? (stderr.toString('utf8').trim() || ending);
}

/** Whether a path that the compiler names is that of a staged file: of others it must quote nothing. */
function isStaged(file: string, staged: string): boolean {
  const segments = file.split('/');
  return (
    !isAbsolute(file) &&
    !segments.some((name) => name === '..' || name === 'node_modules') &&
    existsSync(join(staged, file))
  );
}
