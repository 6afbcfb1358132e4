import pixelmatch from 'pixelmatch';
import { GraderError } from '../format/errors.ts';
import type { Raster } from './raster.ts';
import { assertRaster } from './raster.ts';

/** Two pictures of one size and how far apart colours must be to count. */
export interface PicturePair {
  readonly actual: Raster;
  readonly expected: Raster;
  /** Smallest colour difference that counts, 0 to 1, as a share of the largest perceivable one (black to white). */
  readonly threshold: number;
}

/** How much two pictures of one size differ. */
export interface PictureDifference {
  readonly differentPixels: number;
  /** Of all pixels, 0 to 1. */
  readonly differentShare: number;
  /** The expected picture, faded, with every differing pixel in red. */
  readonly diff: Raster;
}

/** Whether a picture is taken for the expected one, and how far the two are apart. */
export interface PictureComparison {
  readonly equal: boolean;
  /** For the student, where they are not equal; holds no colours. */
  readonly message: string;
  /** Of all pixels, 0 to 1; 1 where the sizes differ. */
  readonly differentShare: number;
  /** Absent where the sizes differ. */
  readonly diff?: Raster;
}

/**
 * Compares two pictures: size first, then the share of pixels that differ.
 *
 * @param maxDifferentShare largest share of differing pixels, 0 to 1
 * @throws GraderError when a raster contradicts itself or a parameter is not between 0 and 1
 */
export function comparePictures(
  options: PicturePair & { readonly maxDifferentShare: number },
): PictureComparison {
  const { actual, expected, maxDifferentShare } = options;
  assertShare('maxDifferentShare', maxDifferentShare);
  assertRaster(actual);
  assertRaster(expected);
  if (!sameSize(actual, expected)) {
    const message = `${sizeOfPicture(actual)}, expected ${sizeOfPicture(expected)}`;
    return { equal: false, message, differentShare: 1 };
  }
  const { differentPixels, differentShare, diff } = measureDifference(options);
  if (differentShare <= maxDifferentShare) return { equal: true, message: '', differentShare, diff };
  const many = `${differentPixels} of ${expected.width * expected.height} pixels differ`;
  const share = `${percent(differentShare)}, at most ${percent(maxDifferentShare)} may`;
  const message = `size ok; ${many} (${share}); ${whereText(diff)}`;
  return { equal: false, message, differentShare, diff };
}

/**
 * Counts the pixels whose colour differs by more than the threshold in the YIQ metric of Kotsarenko and Ramos,
 * "Measuring perceived color difference using YIQ NTSC transmission color space in mobile applications" (2010), as
 * pixelmatch computes it. Its detector of anti-aliasing is off: both pictures were drawn by the same code, so every
 * differing pixel counts.
 *
 * @throws GraderError when the sizes differ or the threshold is not between 0 and 1
 */
export function measureDifference({ actual, expected, threshold }: PicturePair): PictureDifference {
  assertShare('threshold', threshold);
  assertRaster(actual);
  assertRaster(expected);
  if (!sameSize(actual, expected)) {
    throw new GraderError(
      `pictures of ${sizeOfPicture(actual)} and ${sizeOfPicture(expected)} cannot be measured`,
    );
  }
  const { width, height } = expected;
  const diff = new Uint8Array(expected.data.length);
  const options = { threshold, includeAA: true };
  const differentPixels = pixelmatch(
    aligned(expected.data),
    aligned(actual.data),
    diff,
    width,
    height,
    options,
  );
  return {
    differentPixels,
    differentShare: differentPixels / (width * height),
    diff: { width, height, data: diff },
  };
}

/** The matcher reads pixels as 32-bit words. */
const aligned = (data: Uint8Array): Uint8Array => (data.byteOffset % 4 === 0 ? data : new Uint8Array(data));

const sameSize = (a: Raster, b: Raster): boolean => a.width === b.width && a.height === b.height;

const sizeOfPicture = ({ width, height }: Raster): string => `${width}x${height} pixels`;

function percent(share: number): string {
  const hundredths = share * 100;
  return `${hundredths === 0 || hundredths >= 0.01 ? Number(hundredths.toFixed(2)) : '< 0.01'}%`;
}

/** The corner of the picture to look at: the box around all red pixels, columns and rows counted from 0. */
function whereText({ width, data }: Raster): string {
  let [left, top, right, bottom] = [Infinity, Infinity, -1, -1];
  for (let at = 0; at < data.length; at += 4) {
    // Pixels that agree are grey.
    if (data[at] === data[at + 1]) continue;
    const x = (at / 4) % width;
    const y = Math.floor(at / 4 / width);
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return `they lie in columns ${left} to ${right}, rows ${top} to ${bottom}`;
}

function assertShare(name: string, value: number): void {
  if (!(value >= 0 && value <= 1)) throw new GraderError(`${name} must be between 0 and 1, not ${value}`);
}
