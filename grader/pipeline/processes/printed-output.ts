import type { Written } from '../../sandbox/capped-output.ts';

const MAX_TEXT = 2000;
/** How V8's last words begin when the JavaScript heap is full. */
const HEAP_IS_FULL = '<--- Last few GCs --->';

/** What processes printed while they were asked one thing or another. */
export interface PrintedBytes {
  readonly bytes: number;
  /** The beginning of it. */
  readonly text: string;
}

/** Gathers what the processes of a bundle print, without what is V8's. */
export class PrintedOutput implements PrintedBytes {
  #bytes = 0;
  #text = '';

  get bytes(): number {
    return this.#bytes;
  }

  get text(): string {
    return this.#text;
  }

  /** @returns whether the process ended in saying that its heap is full */
  add({ kept, bytes }: Written): boolean {
    const last = kept.indexOf(HEAP_IS_FULL);
    const own = last < 0 ? kept : kept.subarray(0, last);
    this.#bytes += last < 0 ? bytes : last;
    if (this.#text.length < MAX_TEXT) this.#text += own.toString('utf8', 0, MAX_TEXT);
    return last >= 0;
  }
}
