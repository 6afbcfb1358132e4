import { z } from 'zod';
import { GraderError, SubmissionError } from '../../format/errors.ts';
import type { TensorData } from '../../format/tensor-data.ts';
import { comparePictures, decodePng, type Raster } from '../../picture/index.ts';
import { checkBase } from '../check-base.ts';
import { selector } from '../../format/selector.ts';
import type { Evidence } from '../evidence.ts';
import { notFinite } from '../property/finite.ts';
import { receivedValue } from '../resolve-value.ts';
import type { CheckKind } from '../kind.ts';

const schema = z.strictObject({
  kind: z.literal('png-match'),
  ...checkBase,
  case: z.string(),
  /** The picture drawn from what the submission returned: `[H, W, 3]`, values in [0, 1]. */
  image: selector,
  /** Name of the expected picture beside the case's data, without `.png`. */
  picture: z.string().regex(/^[a-z0-9_-]+$/),
  /** How far a pixel's colour may be off before it counts as different, in [0, 1] (pixelmatch). */
  threshold: z.number().min(0).max(1),
  /** Largest share of different pixels, in [0, 1]. */
  maxDifferentShare: z.number().min(1e-6).max(1),
  /** Where the submission carries the picture that the student saved; it is told apart when stale. */
  submitted: z.string().optional(),
});
type PngMatch = z.output<typeof schema>;

const isPicture = ({ shape }: TensorData): boolean =>
  shape.length === 3 && shape[0] > 0 && shape[1] > 0 && shape[2] === 3;

/** A picture with a side longer than so many times the expected one is neither made nor shown. */
const MOST_SIDES = 2;

/** What is wrong with a picture of sides so far off that nothing would be seen of it beside the expected one. */
function sidesFarOff({ shape: [height, width] }: TensorData, expected: Raster): string | undefined {
  const fits = width <= MOST_SIDES * expected.width && height <= MOST_SIDES * expected.height;
  return fits ? undefined : `${width}x${height} pixels, expected ${expected.width}x${expected.height} pixels`;
}

/**
 * A colour picture `[H, W, 3]` of floats in [0, 1] to 8-bit RGBA; values outside are clipped.
 * @throws GraderError when it has another shape
 */
export function tensorToRaster(tensor: TensorData): Raster {
  const [height, width] = tensor.shape;
  if (!isPicture(tensor)) {
    throw new GraderError(`a picture must have the shape [H, W, 3], not [${tensor.shape.join(',')}]`);
  }
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let c = 0; c < 3; c++) {
      data[4 * pixel + c] = Math.round(255 * Math.min(1, Math.max(0, tensor.data[3 * pixel + c])));
    }
  }
  return { width, height, data };
}

/** What can be said of the picture that came with the submission, when the code itself draws the right one. */
function remarkOnSubmitted(check: PngMatch, evidence: Evidence, expected: Raster): string | undefined {
  if (check.submitted === undefined) return undefined;
  const bytes = evidence.submitted(check.submitted);
  if (!bytes) return `${check.submitted} is not in the submission; your code draws it right`;
  try {
    const { threshold, maxDifferentShare } = check;
    const { width, height } = expected;
    const actual = decodePng(bytes, { sides: { width, height } });
    const { equal } = comparePictures({ actual, expected, threshold, maxDifferentShare });
    return equal
      ? undefined
      : `${check.submitted} is not what your code draws now: make it again with npm run visualize`;
  } catch (error) {
    if (error instanceof SubmissionError) return `${check.submitted} cannot be read: ${error.message}`;
    throw error;
  }
}

/** A picture drawn from the submission's results against the one drawn from the reference's. */
export const pngMatch: CheckKind<typeof schema> = {
  schema,
  judge(check, evidence) {
    const selected = receivedValue(
      evidence,
      { case: check.case, value: check.image },
      { wanted: 'a tensor' },
    );
    if (!selected.ok) return selected.verdict;
    const broken = notFinite({ name: 'the picture', tensor: selected.tensor });
    if (broken) {
      return { outcome: 'failed', kind: 'not-finite', summary: broken.summary, details: [broken.detail] };
    }
    if (!isPicture(selected.tensor)) {
      const summary = 'no picture comes of what was returned: it has a wrong shape';
      const details = [`the picture has the shape [${selected.tensor.shape.join(',')}], expected [H,W,3]`];
      return { outcome: 'failed', kind: 'form', summary, details };
    }
    const expected = decodePng(evidence.expectedPicture(check.case, check.picture));
    const farOff = sidesFarOff(selected.tensor, expected);
    if (farOff) {
      return { outcome: 'failed', kind: 'form', summary: 'the picture has a wrong size', details: [farOff] };
    }
    const received = tensorToRaster(selected.tensor);
    const { threshold, maxDifferentShare } = check;
    const comparison = comparePictures({ actual: received, expected, threshold, maxDifferentShare });
    const measure = { used: comparison.differentShare / maxDifferentShare };
    if (comparison.equal) {
      const note = remarkOnSubmitted(check, evidence, expected);
      return { outcome: 'passed', ...(note ? { note } : {}), measure };
    }
    return {
      outcome: 'failed',
      kind: comparison.diff ? 'values' : 'form',
      summary: 'the picture differs from the expected one',
      details: [comparison.message],
      pictures: { expected, received, ...(comparison.diff ? { difference: comparison.diff } : {}) },
      measure,
    };
  },
  values: (check) => [{ case: check.case, value: check.image }],
  cases: (check) => [check.case],
};
