import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openContainer } from './container.ts';
import type { Image } from './image.ts';
import { SIMULATOR_CACHE } from './image.ts';
import { controlGroup } from './limits/control-group.ts';
import type { Allowance, Usage } from './limits/limiter.ts';
import { throttle } from './limits/throttle.ts';
import { openFolder } from './machine.ts';
import { placeSubmission } from './place-submission.ts';
import { runOn, type Ran } from './run-on.ts';

export interface SubmissionRun extends Ran, Usage {
  /** `results.json` as it was left, if there is one. */
  readonly results: Buffer | undefined;
  /** How the allowance was kept. */
  readonly limits: string;
}

export interface RunOptions {
  readonly image: Image;
  /** A zip as a student uploads it, or a folder. */
  readonly submission: string;
  /** What `submission_metadata.json` is to hold; none at all when left out. */
  readonly metadata?: string;
  readonly allowance: Allowance;
  /** Gradescope's own time limit. */
  readonly timeoutSeconds: number;
  readonly onOutput?: (text: string) => void;
  readonly signal?: AbortSignal;
}

/** Runs `run_autograder` on a submission as Gradescope does: in a fresh container of the image, within its limits. */
export async function runSubmission(options: RunOptions): Promise<SubmissionRun> {
  const { image, allowance } = options;
  const runs = join(SIMULATOR_CACHE, 'runs');
  mkdirSync(runs, { recursive: true });
  const scratch = mkdtempSync(join(runs, 'run-'));
  const contained = image.kind === 'container';
  const machine = contained
    ? openContainer({ lower: image.directory, upper: scratch })
    : openFolder(image.directory);
  const limiter = controlGroup(allowance) ?? throttle(allowance);
  try {
    for (const name of ['submission', 'results']) {
      rmSync(join(machine.root, name), { recursive: true, force: true });
      mkdirSync(join(machine.root, name), { recursive: true });
    }
    await placeSubmission(options.submission, join(machine.root, 'submission'));
    rmSync(join(machine.root, 'submission_metadata.json'), { force: true });
    if (options.metadata !== undefined)
      writeFileSync(join(machine.root, 'submission_metadata.json'), options.metadata);
    const ran = await runOn({
      machine,
      script: './run_autograder',
      limiter,
      seconds: options.timeoutSeconds,
      ...(options.onOutput ? { onOutput: options.onOutput } : {}),
      ...(options.signal ? { signal: options.signal } : {}),
    });
    const results = join(machine.root, 'results', 'results.json');
    return {
      ...ran,
      ...limiter.stop(),
      limits: limiter.kind,
      results: existsSync(results) ? readFileSync(results) : undefined,
    };
  } finally {
    limiter.stop();
    rmSync(scratch, { recursive: true, force: true });
  }
}
