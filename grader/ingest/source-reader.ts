import { RandomAccessReader } from 'yauzl';
import type { ByteSource } from './byte-source.ts';

/** Lets yauzl read headers from a {@link ByteSource}, which whoever opened it closes. */
export class SourceReader extends RandomAccessReader {
  readonly #source: ByteSource;

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
    this.#source.read(position, length).then((bytes) => {
      buffer.set(bytes, offset);
      callback(bytes.length === length ? null : new Error('unexpected end of the zip'));
    }, callback);
  }
}
