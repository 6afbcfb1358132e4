import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { describeValue } from '../../grader/format/value-tree.ts';

describe('the words for a returned value', () => {
  it('say what to write where JavaScript joined two tensors to a string', () => {
    const [a, b] = [tf.scalar(1), tf.scalar(2)];
    const text = `${a as unknown as string}${b as unknown as string}`;
    expect(describeValue({ text })).toBe(
      'a string: operators do not work on tensors, write a.add(b) for a + b',
    );
  });

  it('call any other string just that', () => {
    expect(describeValue({ text: 'Tensor' })).toBe('a string');
  });
});
