import fc from 'fast-check';
import type { Domain, Drawn } from './case.ts';

type Dtype = Drawn['dtype'];

/** A side of a tensor; one in twenty-five is 0. */
export function side(max = 4): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 24, arbitrary: fc.integer({ min: 1, max }) },
    { weight: 1, arbitrary: fc.constant(0) },
  );
}

/** A shape of a rank in [min, max], now and then with an empty side. */
export function shapes(ranks: { min?: number; max?: number; side?: number } = {}): fc.Arbitrary<number[]> {
  return fc.array(side(ranks.side), { minLength: ranks.min ?? 0, maxLength: ranks.max ?? 5 });
}

/** A shape without empty sides. */
export function fullShapes(
  ranks: { min?: number; max?: number; side?: number } = {},
): fc.Arbitrary<number[]> {
  return fc.array(fc.integer({ min: 1, max: ranks.side ?? 4 }), {
    minLength: ranks.min ?? 0,
    maxLength: ranks.max ?? 5,
  });
}

export const normal: Domain = { kind: 'normal' };
export const special: Domain = { kind: 'special' };
export const between = (min: number, max: number): Domain => ({ kind: 'between', min, max });
export const whole = (min: number, max: number): Domain => ({ kind: 'whole', min, max });

export const seeds = fc.integer({ min: 0, max: 1e6 });

/** A tensor of a shape. */
export function tensors(
  shape: number[],
  dtype: Dtype | fc.Arbitrary<Dtype> = 'float32',
  domain: Domain | fc.Arbitrary<Domain> = normal,
): fc.Arbitrary<Drawn> {
  return fc.record({
    shape: fc.constant(shape),
    dtype: typeof dtype === 'string' ? fc.constant(dtype) : dtype,
    domain: 'kind' in domain ? fc.constant(domain as Domain) : (domain as fc.Arbitrary<Domain>),
    seed: seeds,
  });
}

export const number: fc.Arbitrary<Dtype> = fc.constantFrom('float32', 'float32', 'int32');
export const anyType: fc.Arbitrary<Dtype> = fc.constantFrom('float32', 'float32', 'int32', 'bool');

/** Two or more shapes that broadcast to one. */
export function broadcastShapes(
  count: number,
  ranks: { min?: number; max?: number } = {},
): fc.Arbitrary<number[][]> {
  return shapes({ min: ranks.min ?? 0, max: ranks.max ?? 4 }).chain((shape) =>
    fc.tuple(
      ...Array.from({ length: count }, () =>
        fc
          .record({
            drop: fc.integer({ min: 0, max: shape.length }),
            keep: fc.boolean(),
            ones: fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length }),
          })
          .map(({ drop, keep, ones }) =>
            keep ? shape : shape.map((size, axis) => (ones[axis] ? 1 : size)).slice(drop),
          ),
      ),
    ),
  );
}

/** An axis of a shape, counted from either end. */
export function axisOf(rank: number): fc.Arbitrary<number> {
  return fc.integer({ min: -rank, max: rank - 1 });
}

/** Axes of a shape for a reduction: none given, one, or several, counted from either end. */
export function axesOf(rank: number): fc.Arbitrary<number | number[] | undefined> {
  if (rank === 0) return fc.constant(undefined);
  const several = fc
    .tuple(
      fc.subarray(Array.from({ length: rank }, (_, axis) => axis)),
      fc.array(fc.boolean(), { minLength: rank, maxLength: rank }),
    )
    .map(([axes, negative]) => axes.map((axis) => (negative[axis] ? axis - rank : axis)));
  return fc.oneof(fc.constant(undefined), axisOf(rank), several);
}
