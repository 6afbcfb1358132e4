import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../repository.ts';
import { SIMULATOR_CACHE } from './image.ts';
import type { Allowance } from './limits/limiter.ts';
import type { SubmissionRun } from './run-submission.ts';
import { unzip } from './unzip.ts';

const DOCKERFILE = join(ROOT, 'packaging', 'gradescope', 'Dockerfile');
const TAG = 'introspection-autograder:simulated';

function docker(args: readonly string[], seconds: number): ReturnType<typeof spawnSync> {
  return spawnSync('docker', args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: seconds * 1000,
    maxBuffer: 2 ** 26,
  });
}

/**
 * The same in Gradescope's real base image, where Docker is there and can pull it. Docker keeps the limits; what was
 * used is not measured.
 * @throws Error when Docker is not there, or the image cannot be built
 */
export async function runInDocker(options: {
  zip: Buffer;
  submission: string;
  metadata: string;
  allowance: Allowance;
  timeoutSeconds: number;
}): Promise<SubmissionRun> {
  const { zip, submission, metadata, allowance, timeoutSeconds } = options;
  if (spawnSync('docker', ['info'], { stdio: 'ignore' }).status !== 0) {
    throw new Error('there is no running Docker; leave out --docker to run without it');
  }
  mkdirSync(SIMULATOR_CACHE, { recursive: true });
  const scratch = mkdtempSync(join(SIMULATOR_CACHE, 'docker-'));
  try {
    const [context, submitted, results] = ['context', 'submission', 'results'].map((name) =>
      join(scratch, name),
    );
    for (const directory of [context, submitted, results]) mkdirSync(directory);
    await unzip(zip, context);
    if (docker(['build', '--file', DOCKERFILE, '--tag', TAG, context], 3600).status !== 0) {
      throw new Error('docker build failed; see its messages above');
    }
    if (statSync(submission).isDirectory())
      cpSync(submission, submitted, { recursive: true, verbatimSymlinks: true });
    else await unzip(readFileSync(submission), submitted);
    const metadataFile = join(scratch, 'submission_metadata.json');
    writeFileSync(metadataFile, metadata);
    const begin = performance.now();
    const ran = docker(
      [
        'run',
        '--rm',
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
    const file = join(results, 'results.json');
    return {
      exitCode: ran.status ?? undefined,
      timedOut: ran.error !== undefined,
      seconds: (performance.now() - begin) / 1000,
      output: String(ran.stdout),
      peakBytes: 0,
      processorSeconds: 0,
      outOfMemory: ran.status === 137,
      limits: 'Docker; what was used is not measured',
      results: existsSync(file) ? readFileSync(file) : undefined,
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
