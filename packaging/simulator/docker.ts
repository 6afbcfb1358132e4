import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { execa, type Result } from 'execa';
import { MiB } from '../../grader/format/units.ts';
import { ROOT } from '../../repository.ts';
import { SIMULATOR_CACHE } from './image.ts';
import type { Allowance } from './limits/limiter.ts';
import { placeSubmission } from './place-submission.ts';
import type { SubmissionRun } from './run-submission.ts';
import { unzip } from './unzip.ts';

const DOCKERFILE = join(ROOT, 'packaging', 'gradescope', 'Dockerfile');
const TAG = 'introspection-autograder:simulated';
const BUILD_SECONDS = 3600;

const shown = { stdin: 'ignore', stderr: 'inherit', reject: false, maxBuffer: 64 * MiB } as const;

function docker(args: readonly string[], seconds: number): Promise<Result<typeof shown>> {
  return execa('docker', args, { ...shown, timeout: seconds * 1000 });
}

/**
 * The same in Gradescope's real base image, where Docker runs and can pull it. Docker keeps the limits; what was used
 * is not measured.
 * @throws Error when Docker is not running, or the image cannot be built
 */
export async function runInDocker(options: {
  zip: Buffer;
  submission: string;
  metadata: string;
  allowance: Allowance;
  timeoutSeconds: number;
}): Promise<SubmissionRun> {
  const { zip, submission, metadata, allowance, timeoutSeconds } = options;
  const { failed: absent } = await execa('docker', ['info'], { stdio: 'ignore', reject: false });
  if (absent) throw new Error('Docker is not running; leave out --docker to run without it');
  mkdirSync(SIMULATOR_CACHE, { recursive: true });
  const scratch = mkdtempSync(join(SIMULATOR_CACHE, 'docker-'));
  try {
    const [context, submitted, results] = ['context', 'submission', 'results'].map((name) =>
      join(scratch, name),
    );
    for (const directory of [context, submitted, results]) mkdirSync(directory);
    await unzip(zip, context);
    const built = await docker(['build', '--file', DOCKERFILE, '--tag', TAG, context], BUILD_SECONDS);
    if (built.failed) throw new Error('docker build failed; see its messages above');
    await placeSubmission(submission, submitted);
    const metadataFile = join(scratch, 'submission_metadata.json');
    writeFileSync(metadataFile, metadata);
    const container = `introspection-${basename(scratch)}`;
    const ran = await docker(
      [
        'run',
        '--rm',
        `--name=${container}`,
        `--cpus=${allowance.cpu}`,
        `--memory=${allowance.memoryBytes}`,
        `--memory-swap=${allowance.memoryBytes}`,
        `--volume=${submitted}:/autograder/submission`,
        `--volume=${results}:/autograder/results`,
        `--volume=${metadataFile}:/autograder/submission_metadata.json:ro`,
        '--workdir=/autograder',
        '--entrypoint=bash',
        TAG,
        '-c',
        './run_autograder 2>&1',
      ],
      timeoutSeconds,
    );
    // Only the client has been ended: the container goes on without it.
    if (ran.timedOut) await execa('docker', ['kill', container], { stdio: 'ignore', reject: false });
    const file = join(results, 'results.json');
    return {
      exitCode: ran.exitCode,
      timedOut: ran.timedOut,
      seconds: ran.durationMs / 1000,
      output: ran.stdout,
      peakBytes: 0,
      processorSeconds: 0,
      outOfMemory: ran.exitCode === 137,
      limits: 'Docker; what was used is not measured',
      results: existsSync(file) ? readFileSync(file) : undefined,
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
