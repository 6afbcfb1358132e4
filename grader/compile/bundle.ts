import { createRequire } from 'node:module';
import { chmodSync, copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { GraderError } from '../format/errors.ts';
import { DEFAULT_LIMITS, type Sandbox } from '../sandbox/sandbox.ts';
import type { CompileProblem } from './compile-problem.ts';
import { ENTRY, esbuildProblems } from './esbuild-problems.ts';
import { runToEnd } from './run-to-end.ts';
import { MiB } from '../format/units.ts';

export type Bundle =
  | { readonly ok: true; readonly code: Buffer }
  | { readonly ok: false; readonly problems: readonly CompileProblem[] };

const MAX_BUNDLE_BYTES = 16 * MiB;
const TIME_LIMIT_SECONDS = 20;

/** Stands in for `@tensorflow/tfjs` in a bundle: the instance that the runner has set up. */
const TFJS_SHIM = "module.exports = globalThis[Symbol.for('introspection-grader.tfjs')];\n";

/** Bundles modules of a staged submission, inside the sandbox, importing nothing but each other and TensorFlow.js. */
export class Bundler {
  readonly #sandbox: Sandbox;
  readonly #tools: string;
  readonly #esbuild: string;

  /** @param options.tools a directory of our own, readable by the sandboxed compiler */
  constructor(options: { sandbox: Sandbox; tools: string }) {
    this.#sandbox = options.sandbox;
    this.#tools = options.tools;
    mkdirSync(options.tools, { recursive: true });
    const installed = nativeEsbuild();
    this.#esbuild = join(options.tools, basename(installed));
    // A copy, since the installed one may lie where the sandboxed user cannot reach it.
    if (!existsSync(this.#esbuild)) copyFileSync(installed, this.#esbuild);
    chmodSync(this.#esbuild, 0o755);
    writeFileSync(join(options.tools, 'tfjs.cjs'), TFJS_SHIM);
  }

  /** @param options.modules paths in the staged tree; the bundle exports `modules`, a record of them by path */
  async bundle(options: { staged: string; modules: readonly string[] }): Promise<Bundle> {
    const imports = options.modules.map((path, i) => `import * as m${i} from './${path}';`);
    const record = options.modules.map((path, i) => `${JSON.stringify(path)}: m${i}`);
    const run = await runToEnd({
      sandbox: this.#sandbox,
      launch: {
        kind: 'program',
        command: [this.#esbuild, ...this.#flags()],
        readable: [options.staged, this.#tools],
        cwd: options.staged,
        limits: { ...DEFAULT_LIMITS, residentBytes: 512 * MiB, cpuSeconds: TIME_LIMIT_SECONDS },
      },
      input: `${imports.join('\n')}\nexport const modules = { ${record.join(', ')} };\n`,
      seconds: TIME_LIMIT_SECONDS,
      maxOutputBytes: MAX_BUNDLE_BYTES,
    });
    if (run.ending === 'exit 0') return { ok: true, code: run.stdout };
    const problems = esbuildProblems(run.stderr.toString('utf8'));
    const own = problems.filter(({ file }) => file === ENTRY || isStaged(file, options.staged));
    if (own.length > 0) return { ok: false, problems: own };
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

/** Whether a path that the compiler names is that of a staged file: of others it must quote nothing. */
function isStaged(file: string, staged: string): boolean {
  const segments = file.split('/');
  return (
    !isAbsolute(file) &&
    !segments.some((name) => name === '..' || name === 'node_modules') &&
    existsSync(join(staged, file))
  );
}

function nativeEsbuild(): string {
  const require = createRequire(createRequire(import.meta.url).resolve('esbuild'));
  const name = `@esbuild/${process.platform}-${process.arch}`;
  try {
    const directory = dirname(require.resolve(`${name}/package.json`));
    return join(directory, process.platform === 'win32' ? 'esbuild.exe' : 'bin/esbuild');
  } catch (cause) {
    throw new GraderError(`${name} is not installed; run npm ci`, { cause });
  }
}
