import { z } from 'zod';
import { selector, type Selector } from '../../format/selector.ts';
import { sizeOf, type TensorData } from '../../format/tensor-data.ts';
import { allFinite } from '../../numeric/index.ts';
import type { Evidence } from '../evidence.ts';
import { isOfItsOwn, isPlausible } from '../plausible.ts';
import { receivedValue } from '../resolve-value.ts';
import { isRelatedToReference } from './related.ts';

const compared = z.union([selector, z.strictObject({ input: z.string() })]);

/**
 * What a value may equal instead of the expected one: what another function of the student's own returned on the same
 * input, or what is made of such results. A mistake of that function is charged where it is judged, not here.
 */
export const consistency = z.union([
  z.strictObject({ result: selector }).describe('what another call returned'),
  z
    .strictObject({ minus: z.tuple([selector, selector]) })
    .describe('what one call returned less what another returned'),
  z
    .strictObject({ share: selector, inside: selector })
    .describe(
      'of each item of what a call returned, the share of its sum inside a region; 0 where the sum is',
    ),
  z
    .strictObject({
      squares: z
        .array(z.strictObject({ of: selector, from: compared, weight: z.number() }))
        .min(1)
        .describe('results, what each is compared with, and weights'),
    })
    .describe('the weighted sum of squared differences'),
]);
export type Consistency = z.output<typeof consistency>;

/** The student's own results that a consistency builds on; the reference's must be known, to see what they have to do with it. */
export function ownOf(of: Consistency): readonly Selector[] {
  return 'share' in of ? [of.share] : selectorsOf(of);
}

/** The calls that a consistency reads. */
export function selectorsOf(of: Consistency): readonly Selector[] {
  if ('result' in of) return [of.result];
  if ('minus' in of) return of.minus;
  if ('share' in of) return [of.share, of.inside];
  return of.squares.flatMap((term) => ('input' in term.from ? [term.of] : [term.of, term.from]));
}

interface Tolerance {
  readonly atol: number;
  readonly rtol: number;
}

/** How near a result must be, and what to. */
interface Wanted extends Tolerance {
  readonly expected: TensorData;
}

/**
 * The tensor that a consistent result equals; undefined where what the student's function returned has another form
 * than it should, is not finite, the same everywhere, one of the inputs, or nothing that a mistake in what the
 * reference computes would give: being consistent with an answer that understood nothing is no merit.
 */
export function consistentTensor(
  of: Consistency,
  caseId: string,
  wanted: Wanted,
  evidence: Evidence,
): TensorData | undefined {
  const tensor = madeOfOwn(of, caseId, wanted, evidence);
  return tensor && allFinite(tensor.data) ? tensor : undefined;
}

function madeOfOwn(
  of: Consistency,
  caseId: string,
  { expected, ...tolerance }: Wanted,
  evidence: Evidence,
): TensorData | undefined {
  const inputs = evidence.inputs(caseId);
  const received = (value: Selector): TensorData | undefined => {
    const resolved = receivedValue(evidence, { case: caseId, value }, { wanted: 'a tensor' });
    return resolved.ok ? resolved.tensor : undefined;
  };
  const own = (value: Selector): TensorData | undefined => {
    const tensor = received(value);
    if (!tensor || !isOfItsOwn(tensor, inputs)) return undefined;
    return isRelatedToReference(value, caseId, evidence) ? tensor : undefined;
  };
  const asExpected = (tensor: TensorData | undefined): TensorData | undefined =>
    tensor && isPlausible(tensor, { expected, inputs }) ? tensor : undefined;

  if ('result' in of) return asExpected(own(of.result));
  if ('minus' in of) {
    const [first, second] = of.minus.map((value) => asExpected(own(value)));
    return (
      first && second && asExpected({ dtype: 'float32', shape: first.shape, data: difference(first, second) })
    );
  }
  if ('share' in of) {
    const [values, region] = [own(of.share), received(of.inside)];
    return values && region && sharesInside(values, region);
  }
  const terms: Term[] = [];
  for (const { of: value, from, weight } of of.squares) {
    const [mine, other] = [own(value), 'input' in from ? inputs[from.input] : own(from)];
    if (!mine || !other || mine.shape.join() !== other.shape.join()) return undefined;
    terms.push({ mine, other, weight });
  }
  const sum = sumOfSquares(terms, tolerance);
  return sum === undefined ? undefined : { ...expected, data: Float32Array.of(sum) };
}

interface Term {
  readonly mine: TensorData;
  readonly other: TensorData;
  readonly weight: number;
}

/**
 * The weighted sum of squared differences; undefined where it is 0, or where one side is so large that the other does
 * not show in it: a result that ignores one of them, or both, would be consistent.
 */
function sumOfSquares(terms: readonly Term[], { atol, rtol }: Tolerance): number | undefined {
  let [sum, ofMine, ofOther] = [0, 0, 0];
  for (const { mine, other, weight } of terms) {
    for (const one of difference(mine, other)) sum += weight * one ** 2;
    for (const one of mine.data) ofMine += weight * one ** 2;
    for (const one of other.data) ofOther += weight * one ** 2;
  }
  const shows = (without: number): boolean => Math.abs(sum - without) > atol + rtol * Math.abs(sum);
  return [0, ofMine, ofOther].every(shows) ? sum : undefined;
}

function difference(first: TensorData, second: TensorData): Float32Array {
  return Float32Array.from(first.data, (value, i) => value - second.data[i]);
}

/** The share of each item's sum inside a region of the shape of an item; undefined where it has another shape. */
function sharesInside({ shape, data }: TensorData, region: TensorData): TensorData | undefined {
  const [count, ...item] = shape;
  if (count === undefined || item.join() !== region.shape.join()) return undefined;
  const size = sizeOf(item);
  const shares = Float32Array.from({ length: count }, (_, i) => {
    let [inside, everywhere] = [0, 0];
    for (let place = 0; place < size; place++) {
      const value = data[i * size + place];
      inside += value * region.data[place];
      everywhere += value;
    }
    return everywhere === 0 ? 0 : inside / everywhere;
  });
  return { dtype: 'float32', shape: [count], data: shares };
}
