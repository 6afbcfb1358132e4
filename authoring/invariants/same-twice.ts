import { isDeepStrictEqual } from 'node:util';
import type { RecordedCase, Returned } from '../fixtures/record.ts';
import { fileOf, type Refusal } from './refusal.ts';
import { sameTensor } from './trivial/leaves.ts';

/** The calls that returned something else when a fresh process made them again: bytes, structure or operations. */
export function differentTheSecondTime(
  first: readonly RecordedCase[],
  second: readonly RecordedCase[],
): Refusal[] {
  return first.flatMap(({ part, definition, calls }, i) =>
    [...calls].flatMap(([id, outcome]): Refusal[] => {
      if (isSame(outcome, second[i].calls.get(id)!)) return [];
      return [
        {
          file: fileOf(part, 'cases.ts'),
          place: `case ${definition.id}, call ${id}`,
          problem: 'the reference returned something else the second time',
          remedy: 'make what it draws depend on a seed, and on nothing that it keeps between calls',
        },
      ];
    }),
  );
}

function isSame(a: Returned, b: Returned): boolean {
  const names = Object.keys(a.tensors);
  return (
    isDeepStrictEqual(a.value, b.value) &&
    isDeepStrictEqual(a.observed, b.observed) &&
    isDeepStrictEqual(names, Object.keys(b.tensors)) &&
    names.every((name) => sameTensor(a.tensors[name], b.tensors[name]))
  );
}
