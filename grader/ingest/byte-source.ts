import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';

/** Bytes that can be read at any place. */
export interface ByteSource {
  readonly size: number;
  /** The bytes from `at` on: `length` of them, fewer at the end. */
  read(at: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** The bytes of a regular file, read when asked for. */
export async function fileSource(path: string): Promise<ByteSource> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    return { size, read: (at, length) => readAt({ handle, at, length }), close: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function readAt(options: { handle: FileHandle; at: number; length: number }): Promise<Uint8Array> {
  const bytes = new Uint8Array(options.length);
  let filled = 0;
  while (filled < bytes.length) {
    const left = bytes.length - filled;
    const { bytesRead } = await options.handle.read(bytes, filled, left, options.at + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

/** Bytes in memory. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: (at, length) => Promise.resolve(bytes.slice(at, at + length)),
    close: () => Promise.resolve(),
  };
}

/** The part of a source from `start` up to `end`; closing it closes the whole. */
export function partOf(source: ByteSource, { start, end }: { start: number; end: number }): ByteSource {
  return {
    size: end - start,
    read: (at, length) => source.read(start + at, Math.min(length, Math.max(0, end - start - at))),
    close: () => source.close(),
  };
}
