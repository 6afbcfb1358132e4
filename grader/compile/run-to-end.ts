import type { Readable } from 'node:stream';
import { KiB } from '../format/units.ts';
import { CappedOutput } from '../sandbox/capped-output.ts';
import { describeEnding } from '../sandbox/describe-ending.ts';
import { startFairTimer } from '../sandbox/processor-wait.ts';
import type { LaunchOptions, Sandbox } from '../sandbox/sandbox.ts';

const MAX_ERROR_BYTES = 256 * KiB;

export interface FinishedRun {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  /** `exit N`, `signal NAME`, `time-out`, `too much output`, `memory` or `not-started`. */
  readonly ending: string;
  /** Why not a line of the program ran, where that is so: the fault is this machine's. */
  readonly notStarted?: string;
}

/** Starts a program in the sandbox, gives it its input, and waits for its end and for its output, under caps. */
export async function runToEnd(options: {
  sandbox: Sandbox;
  launch: LaunchOptions;
  input: string;
  seconds: number;
  maxOutputBytes: number;
}): Promise<FinishedRun> {
  const child = options.sandbox.launch(options.launch);
  let stopped: string | undefined;
  const stop = (why: string): void => {
    stopped ??= why;
    void child.destroy();
  };
  const [stdout, stderr] = [
    [child.stdout, options.maxOutputBytes] as const,
    [child.stderr, MAX_ERROR_BYTES] as const,
  ].map(
    ([stream, maxBytes]) =>
      new CappedOutput([stream], {
        keepBytes: maxBytes,
        maxBytes,
        onFlood: () => stop('too much output'),
      }),
  );
  const stopTimer = startFairTimer(
    options.seconds,
    () => child.processorWaits(),
    () => stop('time-out'),
  );
  child.answers.resume();
  child.stdin.end(options.input);
  const closed = Promise.all([child.stdout, child.stderr].map((stream) => onceClosed(stream)));
  const ending = await child.ended;
  // What it wrote before its end is read to the last byte, unless something else holds the pipe.
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 1000).unref())]);
  stopTimer();
  await child.destroy();
  return {
    stdout: stdout.take().kept,
    stderr: stderr.take().kept,
    ending: stopped ?? describeEnding(ending),
    ...(ending.how === 'not-started' ? { notStarted: ending.reason } : {}),
  };
}

function onceClosed(stream: Readable): Promise<void> {
  return new Promise((resolve) => {
    stream.once('end', resolve);
    stream.once('close', resolve);
  });
}
