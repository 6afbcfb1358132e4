import { describe, expect, it } from 'vitest';
import { judge, check as checkSchema } from '../../grader/checks/index.ts';
import type { TensorData } from '../../grader/format/tensor-data.ts';
import { encodePng } from '../../grader/picture/index.ts';
import { tensorToRaster } from '../../grader/checks/png-match/index.ts';

const picture = (data: number[]): TensorData => ({
  dtype: 'float32',
  shape: [1, 2, 3],
  data: Float32Array.from(data),
});
const drawn = picture([0, 0, 0, 1, 0.5, 0]);

const judged = (received: TensorData) =>
  judge(
    checkSchema.parse({
      kind: 'png-match',
      id: 'picture',
      title: 'the picture is right',
      points: 1,
      case: 'case',
      image: { call: 'picture' },
      picture: 'picture',
      threshold: 0.1,
      maxDifferentShare: 0.01,
    }),
    {
      outcomes: () =>
        new Map([
          ['picture', { kind: 'returned', value: { tensor: 't' }, tensors: { t: received }, seconds: 0 }],
        ]),
      inputs: () => ({}),
      expected: () => new Map(),
      calls: () => [],
      expectedPicture: () => encodePng(tensorToRaster(drawn)),
      sources: [],
      document: () => ({ submitted: undefined, handedOut: '', expected: undefined }),
      submitted: () => undefined,
    },
  );

describe('a picture', () => {
  it('as expected passes', () => expect(judged(drawn)).toMatchObject({ outcome: 'passed' }));

  it.each([
    [NaN, 'NaN'],
    [Infinity, 'Infinity'],
  ])('with %s is not compared as if that were black or white', (value, word) => {
    // Where it is black or white, nothing would show.
    const data = [...drawn.data];
    data[value > 0 ? 3 : 0] = value;
    expect(judged(picture(data))).toMatchObject({
      outcome: 'failed',
      summary: 'the picture has values that are NaN or infinite',
      details: [
        `the picture has values that are NaN or infinite: 1 of 6 values, the first is ${word} at [0,${value > 0 ? 1 : 0},0]`,
      ],
    });
  });

  it.each([
    [[1, 8, 3], '8x1 pixels, expected 2x1 pixels'],
    [[90, 2, 3], '2x90 pixels, expected 2x1 pixels'],
    [[1, 1, 3], '1x1 pixels, expected 2x1 pixels'],
  ])('of shape %j has a wrong size', (shape, message) => {
    const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
    expect(judged({ dtype: 'float32', shape, data })).toMatchObject({
      outcome: 'failed',
      kind: 'form',
      details: [message],
    });
  });

  it.each([[[3]], [[2, 3]], [[1, 1, 2, 3]], [[1, 3, 2]], [[0, 8, 3]], [[8, 0, 3]]])(
    'of shape %j fails, and is nobody else’s fault',
    (shape) => {
      const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
      expect(judged({ dtype: 'float32', shape, data })).toMatchObject({
        outcome: 'failed',
        details: [`the picture has the shape [${shape.join(',')}], expected [H,W,3]`],
      });
    },
  );
});
