import { expect, it } from 'vitest';
import { aboutTypes } from '../../../grader/pipeline/run/notices.ts';

it('leaves out of a type error where on this machine the types are declared', () => {
  const place = 'import("/home/me/kit/node_modules/@tensorflow/tfjs-core/dist/tensor").';
  const message = `TS2365: Operator '+' cannot be applied to types '${place}Tensor<Rank>' and '${place}Tensor<Rank>'.`;
  const notices = aboutTypes({
    state: 'checked',
    problems: [{ file: 'tv-loss.ts', line: 2, column: 3, message, sourceLine: '' }],
  });
  expect(notices.map(({ text }) => text)).toEqual([
    "TypeScript: tv-loss.ts:2:3: TS2365: Operator '+' cannot be applied to types 'Tensor<Rank>' and 'Tensor<Rank>'.",
  ]);
});
