import { crc32 } from 'node:zlib';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { parseNpy, type NumpyArray } from './npy.ts';

/** More arrays than anybody saves. */
const MAX_ENTRIES = 1000;

/**
 * Reads the named arrays of an `.npz` file, a zip of `.npy` files; the others are not even unpacked.
 *
 * @param limit the largest array that is unpacked, in bytes
 * @throws Error: one sentence, where it is none, is damaged, or lacks one of the arrays
 */
export async function readNpz<Name extends string>(
  bytes: Uint8Array,
  names: readonly Name[],
  limit: number,
): Promise<Record<Name, NumpyArray>> {
  const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)).catch(
    damaged,
  );
  const entries = await listEntries(zip);
  const arrays: [Name, NumpyArray][] = [];
  for (const name of names) {
    const entry = entries.get(`${name}.npy`);
    if (entry === undefined) {
      const there = [...entries.keys()].slice(0, 10).map((file) => file.replace(/\.npy$/, ''));
      throw new Error(`there is no array ${name} in it, but ${there.join(', ') || 'nothing'}`);
    }
    const unpacked = await unpack(zip, entry, limit);
    arrays.push([name, onArray(name, () => parseNpy(unpacked))]);
  }
  return Object.fromEntries(arrays) as Record<Name, NumpyArray>;
}

/** Puts the array's name before what is said about it. */
function onArray<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Error(`the array ${name} ${(error as Error).message}`, { cause: error });
  }
}

async function listEntries(zip: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  if (zip.entryCount > MAX_ENTRIES) throw new Error(`it holds ${zip.entryCount} files and is no .npz`);
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
  } catch (error) {
    damaged(error);
  }
  return entries;
}

async function unpack(zip: ZipFile, entry: Entry, limit: number): Promise<Uint8Array> {
  const { fileName, uncompressedSize } = entry;
  if (uncompressedSize > limit) {
    throw new Error(`${fileName} in it has ${uncompressedSize} bytes; at most ${limit} are read`);
  }
  const chunks: Uint8Array[] = [];
  try {
    // The library ends the stream by an error where it gives more or fewer bytes than the zip says.
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Uint8Array);
  } catch (error) {
    damaged(error);
  }
  const content = Buffer.concat(chunks);
  if (crc32(content) !== entry.crc32) damaged();
  return content;
}

function damaged(cause?: unknown): never {
  throw new Error('it is not a zip as NumPy writes it, or it is damaged', { cause });
}
