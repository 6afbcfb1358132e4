import { stripVTControlCharacters } from 'node:util';
import type { Answer } from '../../child/child.ts';
import type { CompileProblem } from '../../compile/compile-problem.ts';
import { firstOf } from '../../format/first-of.ts';
import { printable } from '../../format/printable.ts';
import type { Thrown } from '../../format/messages.ts';
import type { Call } from '../../format/call-plan.ts';
import type { CallOutcome } from '../../format/outcome.ts';
import { meaningOf } from './known-errors.ts';
import type { SourcePositions } from './source-positions.ts';

type Failure = Extract<CallOutcome, { kind: 'failed' }>;
/** What finds the line of a student's file in a stack. */
type Places = Pick<SourcePositions, 'locate'>;

const MAX_MESSAGE = 400;

/** Untrusted text as one harmless line. */
function plain(text: string, limit = MAX_MESSAGE): string {
  return printable(stripVTControlCharacters(text).replaceAll(/\s+/g, ' ').trim(), limit);
}

/** Where an error came from, for its line. */
function placeOf(stack: string, positions: Places): string {
  const at = positions.locate(stack);
  return at ? ` (${printable(at.file)}:${at.line})` : '';
}

/** An error, the one it was made of, and what they mean. */
function describeThrown(error: Thrown, positions: Places): string[] {
  const message = plain(error.message);
  if (error.name === '') {
    return [`it threw “${message}”, which is not an Error and knows no line: throw new Error(…) instead`];
  }
  const { cause } = error;
  const lines = [`${plain(error.name, 60)}: ${message}${placeOf(error.stack, positions)}`];
  if (cause) {
    const place = placeOf(cause.stack, positions);
    lines.push(`caused by ${plain(cause.name, 60)}: ${plain(cause.message)}${place}`);
  }
  const meaning = meaningOf(message) ?? (cause && meaningOf(plain(cause.message)));
  return meaning === undefined ? lines : [...lines, meaning];
}

/** What a student should read when their code threw. */
export function explainThrown(
  call: Pick<Call, 'module' | 'export'>,
  error: Thrown,
  positions: Places,
): Failure {
  const failed = (reason: Failure['reason'], summary: string, details: readonly string[] = []): Failure => ({
    kind: 'failed',
    reason,
    summary,
    details,
  });
  const message = plain(error.message);
  switch (error.reason) {
    case 'missing-module':
    case 'not-a-function':
      return failed(
        'missing-function',
        `${call.module} exports no function ${call.export}; keep the names of the template`,
      );
    case 'not-differentiable': {
      const meaning = meaningOf(message);
      return failed(
        'not-differentiable',
        `${call.export} cannot be differentiated: somewhere between input and result the values leave the tensor operations (dataSync, arraySync, tf.tensor of numbers, or an operation without a gradient)`,
        [`TensorFlow.js says: ${message}`, ...(meaning === undefined ? [] : [meaning])],
      );
    }
    case 'unsupported-result':
      return failed('wrong-result', `${call.export} should return a tensor`, [`it returned ${message}`]);
    case 'aborted':
      return failed(
        'threw',
        `${call.export} brought TensorFlow.js down: memory ran out, or an operation was given an index far outside of its tensor`,
        error.name === '' ? [] : describeThrown(error, positions),
      );
    case 'never-settles':
      return failed('time-out', `${call.export} waits for a promise that nothing is left to resolve`);
    case 'threw':
      if (error.name === 'NotImplementedError') {
        return failed('not-implemented', `${call.export} is not implemented yet`);
      }
      return failed('threw', `${call.export} threw an error`, describeThrown(error, positions));
  }
}

/** What a student should read when the child gave no usable answer. */
export function explainSilence(what: string, answer: Exclude<Answer, { kind: 'reply' }>): Failure {
  const failed = (reason: Failure['reason'], summary: string, details: readonly string[] = []): Failure => ({
    kind: 'failed',
    reason,
    summary,
    details,
  });
  if (answer.kind === 'time-out') {
    return failed(
      'time-out',
      `${what} did not finish within ${answer.seconds} s and was stopped: a loop that never ends, or work done value by value that tensor operations do at once?`,
    );
  }
  if (answer.kind === 'over-budget') {
    return failed('wrong-result', `${what} returned more than anything that could be right`, [
      `${what} ${answer.message}`,
    ]);
  }
  if (answer.kind === 'violation') {
    return failed('violation', `${what} was stopped: ${answer.message}`);
  }
  const { ending } = answer;
  switch (ending.how) {
    case 'memory':
      return failed('memory', `${what} used more memory than there is and was stopped`);
    case 'exit':
      // Exit code and signal are the submission's choice: no summary has them.
      return failed('ended', `the program ended itself during ${what}: remove process.exit`, [
        `exit code ${ending.code}`,
      ]);
    case 'signal':
      return failed('ended', `the program crashed during ${what}`, [ending.signal]);
    case 'processor-time':
      return failed('time-out', `${what} used up the processor time that a part may take and was stopped`);
    case 'processes':
      return failed('violation', `${what} started more processes than it may and was stopped`);
    case 'killed':
    case 'not-started':
      return failed('ended', `the program was stopped during ${what}`);
  }
}

/** So many files are named of those that may be why loading does not end. */
const MAX_LOADED = 6;

/**
 * Where to look when loading took too long: nobody can ask a process that hangs how far it came.
 * @param loaded the student's files that are run
 */
export function withFilesLoaded(failure: CallOutcome, loaded: readonly string[]): CallOutcome {
  if (failure.kind !== 'failed' || failure.reason !== 'time-out' || loaded.length === 0) return failure;
  const files = firstOf(
    loaded.map((file) => printable(file)),
    MAX_LOADED,
  );
  const where = loaded.length === 1 ? files : `one of ${files}`;
  return {
    ...failure,
    details: [...failure.details, `look at what stands outside of functions in ${where}`],
  };
}

export function explainProblems(problems: readonly CompileProblem[]): Failure {
  const [first] = problems;
  return {
    kind: 'failed',
    reason: 'does-not-compile',
    summary: `${plain(first.file, 120)} does not compile`,
    details: problems.flatMap(({ file, line, column, message, sourceLine }) => [
      `${plain(file, 120)}:${line}:${column}: ${plain(message)}`,
      ...(sourceLine ? [`    ${plain(sourceLine, 120)}`] : []),
    ]),
  };
}
