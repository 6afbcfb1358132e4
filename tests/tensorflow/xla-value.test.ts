import { expect, it } from 'vitest';
import { xlaValue } from '../../grader/tensorflow/optional/optional-backend.ts';

it('a path reaches XLA, which splits flags at spaces, in one piece', () => {
  expect(xlaValue('/srv/course/cuda_nvcc')).toBe('/srv/course/cuda_nvcc');
  expect(xlaValue('/home/x/My Course')).toBe('"/home/x/My Course"');
  expect(xlaValue(String.raw`/a "b"\c`)).toBe(String.raw`"/a \"b\"\\c"`);
});
