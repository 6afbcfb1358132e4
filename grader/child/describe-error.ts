import type { Thrown } from '../format/messages.ts';
import { CallFailure } from './call-failure.ts';

const MAX_TEXT = 4000;
/** Of a stack before its frames are picked out. */
const MAX_STACK = 200_000;
/** A frame takes some 30 characters. */
const MAX_FRAMES_TEXT = 8000;

type ErrorText = Omit<Thrown, 'reason' | 'cause'>;

/**
 * What was thrown, as text.
 * @param options.bundle the file name of the code that was called: frames outside of it are left out
 * @param options.besides an error that came up beside this one; it stands for a cause where none is given
 */
export function describeError(error: unknown, options: { bundle: string; besides?: unknown }): Thrown {
  const { bundle, besides } = options;
  const reason = error instanceof CallFailure ? error.reason : 'threw';
  const cause = (isError(error) ? read(error, 'cause') : undefined) ?? besides;
  return {
    reason,
    ...describeOne(error, bundle),
    ...(isError(cause) ? { cause: describeOne(cause, bundle) } : {}),
  };
}

function describeOne(error: unknown, bundle: string): ErrorText {
  if (!isError(error)) return { name: '', message: textOf(error), stack: '' };
  const text = (key: 'name' | 'message'): string => {
    const value = read(error, key);
    return typeof value === 'string' ? value.slice(0, MAX_TEXT) : '';
  };
  return {
    name: text('name') || 'Error',
    message: text('message'),
    stack: framesIn(bundle, read(error, 'stack')),
  };
}

/** Even to look at what was thrown may throw. */
function isError(error: unknown): error is Error {
  try {
    return error instanceof Error;
  } catch {
    return false;
  }
}

function read(error: Error, key: keyof Error): unknown {
  try {
    return error[key];
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'function' ? 'a function' : String(value).slice(0, MAX_TEXT);
}

/** Libraries put dozens of frames above the one that counts: of the bundle's, file, line and column are left. */
function framesIn(bundle: string, stack: unknown): string {
  if (typeof stack !== 'string') return '';
  const frames: string[] = [];
  for (const line of stack.slice(0, MAX_STACK).split('\n')) {
    const at = /^\s*at /.test(line) ? line.indexOf(`${bundle}:`) : -1;
    const place = at < 0 ? null : /^\d{1,9}:\d{1,9}/.exec(line.slice(at + bundle.length + 1));
    if (place) frames.push(`${bundle}:${place[0]}`);
  }
  return frames.join('\n').slice(0, MAX_FRAMES_TEXT);
}
