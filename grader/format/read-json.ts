import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { GraderError, UsageError } from './errors.ts';

/**
 * A JSON file of ours, parsed.
 * @param remedy what to do when the file is missing or wrong, such as `run npm run fixtures`
 * @throws GraderError naming the file, the place in it and the remedy
 */
export function readJson<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  remedy: string,
): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new GraderError(`${path} cannot be read; ${remedy}`, { cause });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
  throw new GraderError(`${path}: ${place}${issue.message}; ${remedy}`);
}

/** Whether the system would not give us a file that is there: that says nothing of what it holds. */
const isKeptBySystem = (cause: unknown): boolean =>
  cause instanceof Error && 'syscall' in cause && !('code' in cause && cause.code === 'ENOENT');

/**
 * A JSON file that whoever called has named, parsed.
 * @param instead says what is expected, in one sentence; what the schema misses would tell them nothing
 * @throws UsageError where it is not there or something else, GraderError with what the system says where it cannot be read
 */
export function readNamedJson<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  instead: () => string,
): z.output<Schema> {
  try {
    return readJson(path, schema, 'name another one');
  } catch (cause) {
    if (cause instanceof GraderError && !isKeptBySystem(cause.cause))
      throw new UsageError(instead(), { cause });
    throw cause;
  }
}
