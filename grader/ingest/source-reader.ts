import { callbackify } from 'node:util';
import { RandomAccessReader } from 'yauzl';
import type { ByteSource } from './byte-source.ts';

/** Lets yauzl read headers from a {@link ByteSource}, which whoever opened it closes. */
export class SourceReader extends RandomAccessReader {
  override read: RandomAccessReader['read'];

  constructor(source: ByteSource) {
    super();
    this.#source = source;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    void this.#fill(buffer.subarray(offset, offset + length), position).then(callback);
  }

  /** What went wrong, if anything did; callbacks of yauzl want it so. */
  async #fill(into: Buffer, position: number): Promise<Error | null> {
    try {
      const bytes = await this.#source.read(position, into.length);
      into.set(bytes);
      return bytes.length === into.length ? null : new Error('unexpected end of the zip');
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  }
}
