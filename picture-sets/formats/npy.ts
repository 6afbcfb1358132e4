/** What an array may hold here: whole numbers. */
type WholeNumbers =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | BigUint64Array
  | BigInt64Array;

/** An array of NumPy's file format, its values in C order. */
export interface NumpyArray {
  readonly shape: readonly number[];
  readonly data: WholeNumbers;
}

type ArrayType = new (buffer: ArrayBuffer) => WholeNumbers;

const types: Readonly<Record<string, ArrayType>> = {
  u1: Uint8Array,
  i1: Int8Array,
  u2: Uint16Array,
  i2: Int16Array,
  u4: Uint32Array,
  i4: Int32Array,
  u8: BigUint64Array,
  i8: BigInt64Array,
};

const MAGIC = '\x93NUMPY';
/** NumPy pads its headers to 64 or 128 bytes; only those of structured arrays are long. */
const MAX_HEADER_BYTES = 4096;
const MAX_DIMENSIONS = 8;

/** NumPy writes the three keys in this order, the second version of Python with an L behind each length. */
const headerPattern =
  /^\{'descr': *'([<>=|]?)([A-Za-z])(\d{0,4})', *'fortran_order': *(True|False), *'shape': *\(([\dL, ]*)\),? *\}\s*$/;

/**
 * Reads an `.npy` file of whole numbers (NumPy Enhancement Proposal 1). Nothing is ever unpickled.
 *
 * @throws Error, a sentence about the array without its name, where it holds anything else, is damaged or cut off
 */
export function parseNpy(bytes: Uint8Array): NumpyArray {
  const { header, start } = splitHeader(bytes);
  const match = headerPattern.exec(header);
  if (!match) {
    throw new Error(
      /^\{'descr': *\[/.test(header) ? 'is a structured array' : 'has a header that is not NumPy’s',
    );
  }
  const [, order, kind, width, fortran, dimensions] = match;
  if (kind === 'O') {
    throw new Error(
      'holds Python objects, which would have to be unpickled, and that runs code of the file; save whole numbers, as by .astype(np.int64)',
    );
  }
  const Type = types[`${kind}${width}`] as ArrayType | undefined;
  if (Type === undefined) throw new Error(`holds values of type ${kind}${width}; whole numbers are read`);
  if (fortran === 'True') throw new Error('is in Fortran order; save it by np.ascontiguousarray');
  const shape = lengths(dimensions);
  const size = shape.reduce((product, length) => product * length, 1) * Number(width);
  const values = bytes.subarray(start);
  if (size !== values.length) {
    const what = size > values.length ? 'is cut off' : 'is longer than its shape';
    throw new Error(
      `${what}: shape (${shape.join(', ')}) takes ${size} bytes, and there are ${values.length}`,
    );
  }
  const buffer = Uint8Array.from(values).buffer;
  if (order === '>') reverseEach(new Uint8Array(buffer), Number(width));
  return { shape, data: new Type(buffer) };
}

function splitHeader(bytes: Uint8Array): { header: string; start: number } {
  const text = (from: number, to: number): string => Buffer.from(bytes.subarray(from, to)).toString('latin1');
  if (text(0, 6) !== MAGIC || bytes.length < 12)
    throw new Error('is not an array of NumPy, or it was cut off');
  const [major] = bytes.subarray(6, 8);
  if (major < 1 || major > 3) throw new Error(`is of version ${major} of NumPy’s format; 1 to 3 are read`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [from, length] = major === 1 ? [10, view.getUint16(8, true)] : [12, view.getUint32(8, true)];
  if (length > MAX_HEADER_BYTES || from + length > bytes.length) {
    throw new Error(`has a header of ${length} bytes; ${MAX_HEADER_BYTES} are read`);
  }
  return { header: text(from, from + length), start: from + length };
}

/** The lengths of a tuple such as `25, 224, 224, 3` or `25,`; that of a scalar is empty. */
function lengths(tuple: string): number[] {
  const parts = tuple.split(',').map((part) => part.trim().replace(/L$/, ''));
  if (parts.at(-1) === '') parts.pop();
  if (parts.length > MAX_DIMENSIONS || !parts.every((part) => /^\d{1,15}$/.test(part))) {
    throw new Error('has a header that is not NumPy’s');
  }
  return parts.map(Number);
}

/** Big-endian to little-endian values, in place. */
function reverseEach(bytes: Uint8Array, width: number): void {
  for (let at = 0; at < bytes.length; at += width) bytes.subarray(at, at + width).reverse();
}
