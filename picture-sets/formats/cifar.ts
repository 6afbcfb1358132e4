/** The classes of CIFAR-10 by label, where no `batches.meta.txt` lies beside. */
export const cifarClassNames: readonly string[] = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
];

/** Height and width of its pictures in pixels. */
export const CIFAR_SIDE = 32;
const PLANE = CIFAR_SIDE * CIFAR_SIDE;
const RECORD_BYTES = 1 + 3 * PLANE;

/** A picture of CIFAR-10. */
interface CifarRecord {
  readonly label: number;
  /** Red, green and blue of each pixel, row by row. */
  pixels(): Uint8Array;
}

/**
 * Reads a batch of CIFAR-10's binary version (Krizhevsky 2009): of each picture a label, then all of its red, all of
 * its green and all of its blue, 32x32 each.
 *
 * @throws Error: one sentence, where its size or a label cannot be those of such a batch
 */
export function parseCifar10(bytes: Uint8Array): CifarRecord[] {
  if (bytes.length === 0 || bytes.length % RECORD_BYTES !== 0) {
    throw new Error(
      `it has ${bytes.length} bytes, which is no multiple of the ${RECORD_BYTES} that a picture of CIFAR-10 takes`,
    );
  }
  return Array.from({ length: bytes.length / RECORD_BYTES }, (_, index) => {
    const record = bytes.subarray(index * RECORD_BYTES, (index + 1) * RECORD_BYTES);
    const [label] = record;
    if (label >= cifarClassNames.length) {
      throw new Error(`picture ${index} has label ${label}; those of CIFAR-10 are 0 to 9`);
    }
    return { label, pixels: () => interleaved(record.subarray(1)) };
  });
}

function interleaved(planes: Uint8Array): Uint8Array {
  const pixels = new Uint8Array(3 * PLANE);
  for (let at = 0; at < PLANE; at++) {
    for (let channel = 0; channel < 3; channel++) pixels[3 * at + channel] = planes[channel * PLANE + at];
  }
  return pixels;
}
