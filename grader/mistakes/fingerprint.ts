import type { TensorData } from '../format/tensor-data.ts';
import { rootMeanSquare, sketchOf } from './sketch.ts';

/** What a call returned at some place, short enough to be kept: by it the same result is known again. */
export type Fingerprint =
  | {
      readonly kind: 'tensor';
      /** Type and shape: `float32 [2,64,64]`. */
      readonly form: string;
      /** How many values are NaN or infinite. */
      readonly notFinite: number;
      /** Whether all values are the same. */
      readonly constant: boolean;
      readonly sketch: readonly number[];
    }
  /** Nothing to compute with: how the call failed, or what came instead. */
  | { readonly kind: 'other'; readonly what: string };

export function fingerprintOf(tensor: TensorData): Fingerprint {
  const { dtype, shape, data } = tensor;
  let notFinite = 0;
  let constant = true;
  for (let i = 0; i < data.length; i++) {
    if (!Number.isFinite(data[i])) notFinite++;
    if (constant && !Object.is(data[i], data[0])) constant = false;
  }
  return {
    kind: 'tensor',
    form: `${dtype} [${shape.join(',')}]`,
    notFinite,
    constant,
    sketch: sketchOf(tensor),
  };
}

const DIGITS = 6;

/** A fingerprint as a line of text: `float32 [2,3] ~1 0.5 -1.25`, where `~1` says that one value is not finite. */
export function writeFingerprint(fingerprint: Fingerprint): string {
  if (fingerprint.kind === 'other') return fingerprint.what;
  const { form, notFinite, constant, sketch } = fingerprint;
  const marks = [...(notFinite > 0 ? [`~${notFinite}`] : []), ...(constant ? ['='] : [])];
  return [form, ...marks, ...sketch.map((value) => Number(value.toPrecision(DIGITS)))].join(' ');
}

const LINE = /^(\w+ \[[\d,]*\])(?: ~(\d+))?( =)?((?: [-+.\de]+)*)$/;

/** The fingerprint that a line stands for. */
export function readFingerprint(line: string): Fingerprint {
  const found = LINE.exec(line);
  if (!found) return { kind: 'other', what: line };
  const [, form, notFinite = '0', constant, numbers = ''] = found;
  const sketch = numbers
    .split(' ')
    .filter((text) => text !== '')
    .map(Number);
  return { kind: 'tensor', form, notFinite: Number(notFinite), constant: constant !== undefined, sketch };
}

/** How near two results must be to be the same. */
export interface Nearness {
  readonly atol: number;
  readonly rtol: number;
}

/** Root mean square of the difference of two results of one form; undefined where they have no such thing. */
export function distanceBetween(a: Fingerprint, b: Fingerprint): number | undefined {
  if (a.kind !== 'tensor' || b.kind !== 'tensor' || a.form !== b.form || a.notFinite !== b.notFinite)
    return undefined;
  return rootMeanSquare(a.sketch, b.sketch);
}

/** Whether two fingerprints are of the same result, within a tolerance. */
export function isSame(a: Fingerprint, b: Fingerprint, { atol, rtol }: Nearness): boolean {
  if (a.kind === 'other' || b.kind === 'other')
    return a.kind === 'other' && b.kind === 'other' && a.what === b.what;
  const distance = distanceBetween(a, b);
  return distance !== undefined && distance <= atol + rtol * rootMeanSquare(b.sketch);
}

/**
 * Whether a result says something: finite, and neither the same everywhere nor a single 0, which many mistakes give.
 */
export function isTelling(fingerprint: Fingerprint): boolean {
  if (fingerprint.kind === 'other' || fingerprint.notFinite > 0) return false;
  if (fingerprint.sketch.length === 1) return fingerprint.sketch[0] !== 0;
  return !fingerprint.constant;
}
