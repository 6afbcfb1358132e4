import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { layOutRunner } from '../../grader/child/build.ts';
import { Bundler } from '../../grader/compile/bundle.ts';
import type { Argument, Call } from '../../grader/format/call-plan.ts';
import type { CallOutcome } from '../../grader/format/outcome.ts';
import type { TensorData } from '../../grader/format/tensor-data.ts';
import type { AnswerBudget } from '../../grader/protocol/answer-budget.ts';
import { BundleProcess } from '../../grader/pipeline/processes/bundle-process.ts';
import { openSandbox } from '../../grader/sandbox/launch.ts';
import { DEFAULT_LIMITS, type Limits, type SandboxedProcess } from '../../grader/sandbox/sandbox.ts';

export type Failure = Extract<CallOutcome, { kind: 'failed' }>;

/** Modules that run in a child as those of a submission do. */
export interface RunningModules {
  readonly process: BundleProcess;
  /** Calls an export of the first module. */
  call(
    name: string,
    options?: Partial<Call> & { tensors?: Record<string, TensorData>; budget?: AnswerBudget },
  ): Promise<CallOutcome>;
  close(): Promise<void>;
}

/** The one number in a tensor that a call returned; the whole outcome where it did not return one. */
export function numberOf(outcome: CallOutcome): unknown {
  if (outcome.kind !== 'returned' || !('tensor' in outcome.value)) return outcome;
  return outcome.tensors[outcome.value.tensor].data[0];
}

const scalar = (value: number): TensorData => ({ dtype: 'float32', shape: [], data: Float32Array.of(value) });

/**
 * Bundles modules and starts a child for them.
 * @param files their texts by path; all but those below `lib/` count as the student's own
 * @param options.launched gives what stands in for a process that was started
 */
export async function runModules(
  files: Readonly<Record<string, string>>,
  options: {
    limits?: Partial<Limits>;
    threads?: number;
    answerBytes?: number;
    backend?: string;
    timeFactor?: number;
    launched?: (process: SandboxedProcess) => SandboxedProcess;
  } = {},
): Promise<RunningModules> {
  const root = mkdtempSync(join(tmpdir(), 'introspection-child-'));
  chmodSync(root, 0o755);
  const staged = join(root, 'staged');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(staged, path)), { recursive: true, mode: 0o755 });
    writeFileSync(join(staged, path), text, { mode: 0o644 });
  }
  const sandbox = openSandbox();
  const child = join(root, 'child');
  await layOutRunner(child);
  const [module] = Object.keys(files);
  const bundle = await new Bundler({ sandbox, tools: join(root, 'tools') }).bundle({
    staged,
    modules: [module],
  });
  const { launched = (one) => one } = options;
  const process = new BundleProcess({
    sandbox: {
      ...{ level: sandbox.level, layers: sandbox.layers },
      proveIsolation: (secrets) => sandbox.proveIsolation(secrets),
      close: () => sandbox.close(),
      launch: (how) => launched(sandbox.launch(how)),
    },
    directory: child,
    backend: options.backend ?? 'wasm',
    threads: options.threads ?? 1,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    timeFactor: options.timeFactor ?? 2,
    defaultTimeLimit: 20,
    ...(options.answerBytes === undefined ? {} : { answerBytes: options.answerBytes }),
    name: 'modules',
    bundle,
    files: {
      submitted: new Set(Object.keys(files).filter((path) => !path.startsWith('lib/'))),
      given: new Set(Object.keys(files).filter((path) => path.startsWith('lib/'))),
    },
  });
  return {
    process,
    call: (name, { tensors, budget, args = [], ...call } = {}) =>
      process.call(
        { id: 'call', module, export: name, ...call, args },
        args as readonly Exclude<Argument, { result: unknown }>[] as never,
        {
          x: scalar(3),
          ...tensors,
        },
        budget === undefined ? {} : { budget },
      ),
    close: async () => {
      await process.close();
      await sandbox.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
