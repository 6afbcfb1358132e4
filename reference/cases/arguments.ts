import type { Argument, ValuePath } from '../../grader/format/call-plan.ts';

/** What an earlier call returned, or what lies at a path in it. */
export function result(call: string, path?: ValuePath): Argument {
  return { result: { call, ...(path ? { path } : {}) } };
}

/** Settings that are plain data as arguments by name, for a record that holds tensors besides. */
export function jsonArguments(settings: object): Record<string, Argument> {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, { json: value }]));
}
