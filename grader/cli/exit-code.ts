import { GraderError, SubmissionError, UsageError } from '../format/errors.ts';

/** What a program of this project ends with. A graded submission is done, whatever its score. */
export const EXIT = {
  done: 0,
  /** The submission cannot be graded, or a check of ours found something. */
  found: 1,
  usage: 2,
  /** The grader, the assignment or this machine is at fault. */
  fault: 3,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A program looked at something that is not as it must be; the message says what, and what to do about it. */
export class FindingError extends Error {
  override readonly name = 'FindingError';
}

function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof SubmissionError || error instanceof FindingError) return EXIT.found;
  return error instanceof UsageError ? EXIT.usage : EXIT.fault;
}

/** What the system refused to do, such as writing to a full disk: its message says all that there is to say. */
function isRefusedBySystem(error: Error): boolean {
  return 'syscall' in error;
}

/** An error as text: a sentence where it was foreseen, with its stack where it was not; for our faults also the cause. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (exitCodeOf(error) !== EXIT.fault) return error.message;
  const foreseen = error instanceof GraderError || isRefusedBySystem(error);
  const text = foreseen ? error.message : (error.stack ?? error.message);
  return error.cause === undefined ? text : `${text}\n${describe(error.cause)}`;
}

/**
 * Runs a program's work: the one place that turns what became of it into an exit code, and an error into text.
 *
 * @param options.name what the text begins with, asked for when it is written
 * @param options.help how to learn about the usage
 * @param options.write takes the text; default: standard error
 */
export async function runToExitCode(
  work: () => Promise<void>,
  options: { name: () => string; help?: () => string; write?: (text: string) => void },
): Promise<ExitCode> {
  const { name, help, write = (text) => void process.stderr.write(text) } = options;
  try {
    await work();
    return EXIT.done;
  } catch (error) {
    const hint = error instanceof UsageError && help ? `; ${help()}` : '';
    write(`${name()}: ${describe(error)}${hint}\n`);
    return exitCodeOf(error);
  }
}
