import { z } from 'zod';
import type { TensorData } from '../../format/tensor-data.ts';
import type { PropertyKind } from './finding.ts';
import { operand } from './operand.ts';

const places = z.union([z.number().int().nonnegative(), z.array(z.number().int().nonnegative()), operand]);

const schema = z
  .strictObject({
    property: z.literal('argmax'),
    /** Where the largest value of each row (the last axis) lies: one place for all rows, or one each. */
    is: places.optional(),
    /** Where it does not lie. */
    isNot: places.optional(),
  })
  .refine(
    ({ is, isNot }) => (is === undefined) !== (isNot === undefined),
    'either is or isNot must be given',
  );
type Argmax = z.output<typeof schema>;

/** The index of the largest value along the last axis; the first of equal ones. */
export function argmaxOf({ shape, data }: TensorData): number[] {
  const width = shape.at(-1) ?? 1;
  return Array.from({ length: data.length / width }, (_, row) => {
    let best = row * width;
    for (let i = best; i < (row + 1) * width; i++) if (data[i] > data[best]) best = i;
    return best - row * width;
  });
}

const namedBy = ({ is, isNot }: Argmax) => (is ?? isNot)!;

/** The index of the largest value, such as the predicted class of scores `[N, classes]`. */
export const argmax: PropertyKind<typeof schema> = {
  schema,
  operand(property) {
    const named = namedBy(property);
    return typeof named === 'object' && !Array.isArray(named) ? named : undefined;
  },
  judge(property, { name, tensor }, other) {
    const found = argmaxOf(tensor);
    const named = namedBy(property);
    const wanted =
      typeof named === 'number'
        ? found.map(() => named)
        : Array.isArray(named)
          ? named
          : [...other!.tensor.data];
    const shouldBe = property.is !== undefined;
    if (wanted.length !== found.length) {
      const detail = `${name} has ${found.length} rows; expected ${wanted.length}`;
      return { holds: false, kind: 'form', summary: `${name} has a wrong number of rows`, detail };
    }
    const row = found.findIndex((place, i) => (place === wanted[i]) !== shouldBe);
    if (row < 0) return { holds: true, summary: '', detail: `${name} is largest where it should be` };
    const which = found.length > 1 ? ` in row ${row}` : '';
    const received = shouldBe ? `, it is largest at ${found[row]}` : '';
    return {
      holds: false,
      summary: `${name} is largest at a wrong place`,
      detail: `${name} must${shouldBe ? '' : ' not'} be largest at ${wanted[row]}${which}${received}`,
    };
  },
};
