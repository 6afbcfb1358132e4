import { callbackify } from 'node:util';
import { RandomAccessReader } from 'yauzl';
import type { ByteSource } from './byte-source.ts';

/** Lets yauzl read headers from a {@link ByteSource}, which whoever opened it closes. */
export class SourceReader extends RandomAccessReader {
  override read: RandomAccessReader['read'];

  constructor(source: ByteSource) {
    super();
    this.read = callbackify(async (buffer: Buffer, offset: number, length: number, position: number) => {
      const bytes = await source.read(position, length);
      if (bytes.length < length) throw new Error('unexpected end of the zip');
      buffer.set(bytes, offset);
    });
  }
}
