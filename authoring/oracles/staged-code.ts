import { layOutRunner } from '../../grader/child/build.ts';
import { Bundler } from '../../grader/compile/bundle.ts';
import type { Call } from '../../grader/format/call-plan.ts';
import { ingest, stage } from '../../grader/ingest/index.ts';
import { BundleProcess } from '../../grader/pipeline/processes/bundle-process.ts';
import { modulesOf } from '../../grader/pipeline/calls/execute.ts';
import { openWorkplace } from '../../grader/pipeline/workplace.ts';
import { openSandbox } from '../../grader/sandbox/launch.ts';
import { DEFAULT_LIMITS } from '../../grader/sandbox/sandbox.ts';
import { BACKEND } from '../fixtures/reference-run.ts';

/** A template with a submission laid over it, and a process that runs their code. */
export interface StagedCode {
  readonly directory: string;
  readonly process: BundleProcess;
}

/**
 * Lays out a submission as the grader does, for calls that are known beforehand.
 *
 * @param options.submission default: none, so that only given code runs
 * @param options.allow what a submission may contain
 */
export async function withStagedCode<T>(
  options: {
    readonly template: string;
    readonly submission?: string;
    readonly allow: readonly string[];
    readonly calls: readonly Call[];
  },
  work: (code: StagedCode) => Promise<T>,
): Promise<T> {
  const { template, submission, allow, calls } = options;
  const files = submission === undefined ? new Map() : (await ingest({ path: submission, allow })).files;
  const place = openWorkplace();
  try {
    await stage({ template, files, directory: place.staged, allow });
    await layOutRunner(place.child);
    const sandbox = openSandbox();
    const bundler = new Bundler({ sandbox, tools: place.tools });
    const process = new BundleProcess({
      sandbox,
      directory: place.child,
      name: 'oracles',
      bundle: await bundler.bundle({ staged: place.staged, modules: modulesOf(calls) }),
      backend: BACKEND,
      threads: 1,
      limits: DEFAULT_LIMITS,
      timeFactor: 8,
      defaultTimeLimit: 60,
    });
    try {
      return await work({ directory: place.staged, process });
    } finally {
      await process.close();
      await sandbox.close();
    }
  } finally {
    place.close();
  }
}
