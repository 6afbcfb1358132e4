import type { Argument } from '../../grader/format/call-plan.ts';

/** A given function's value as an argument, made in the process that makes the call. */
export function given(module: string, name: string, args: readonly Argument[]): Argument {
  return { given: { module, export: name, args } };
}

/** What an earlier call returned, or what lies at a path in it. */
export function result(call: string, ...path: readonly string[]): Argument {
  return { result: { call, path: [...path] } };
}
