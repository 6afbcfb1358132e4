import type { Readable } from 'node:stream';

/** What a process wrote: the beginning of it, and how much there was in all. */
export interface Written {
  readonly kept: Buffer;
  readonly bytes: number;
}

/** Reads streams of a process to their end, keeps the beginning of what comes and counts the rest. */
export class CappedOutput {
  readonly #keepBytes: number;
  #chunks: Buffer[] = [];
  #keptBytes = 0;
  #bytes = 0;

  /**
   * @param options.keepBytes so much is kept, of all streams together
   * @param options.maxBytes beyond this `onFlood` is called, with each further chunk again
   */
  constructor(
    streams: readonly Readable[],
    options: { readonly keepBytes: number; readonly maxBytes?: number; readonly onFlood?: () => void },
  ) {
    this.#keepBytes = options.keepBytes;
    for (const stream of streams) {
      stream.on('data', (chunk: Buffer) => {
        this.#keep(chunk);
        if (this.#bytes > (options.maxBytes ?? Infinity)) options.onFlood?.();
      });
    }
  }

  #keep(chunk: Buffer): void {
    this.#bytes += chunk.length;
    const room = this.#keepBytes - this.#keptBytes;
    if (room <= 0) return;
    // A copy of what does not fit whole, so that the rest of a large chunk can be freed.
    const part = chunk.length <= room ? chunk : Buffer.from(chunk.subarray(0, room));
    this.#chunks.push(part);
    this.#keptBytes += part.length;
  }

  /** What was written since the last time this was asked. */
  take(): Written {
    const written = { kept: Buffer.concat(this.#chunks), bytes: this.#bytes };
    this.#chunks = [];
    this.#keptBytes = 0;
    this.#bytes = 0;
    return written;
  }
}
