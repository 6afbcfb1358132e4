import type { Argument } from '../../../grader/spec/call-plan.ts';
import type { TensorData } from '../../../grader/spec/define.ts';
import { floats } from '../../../grader/spec/literals.ts';
import type { RandomStream } from '../../lib/random.ts';

/** Where things lie in the template. */
export const modules = {
  solution: 'introspection/clever-hans.ts',
  network: 'lib/clever-hans/small-network.ts',
  shapes: 'lib/clever-hans/marked-shapes.ts',
  marks: 'lib/clever-hans/marks.ts',
} as const;

export const sizeOf = (shape: readonly number[]): number =>
  shape.reduce((product, side) => product * side, 1);

export const normals = (stream: RandomStream, shape: readonly number[], deviation = 1): TensorData =>
  floats(shape, stream.normals(sizeOf(shape), 0, deviation));

/** What a given function returns. */
export const given = (module: string, name: string, ...args: readonly Argument[]): Argument => ({
  given: { module, export: name, args },
});

/** What an earlier call returned. */
export const result = (call: string, ...path: readonly string[]): Argument => ({
  result: { call, path: [...path] },
});
