import { withDeadline } from './deadline.ts';
import { parse, resetParser, UnparsableSource, type Parsed } from './parse.ts';

/** Ten times the longest solution. */
const MAX_CHARACTERS = 400_000;

/** What came of reading a file; `why` completes "this file cannot be read: ...". */
export type Read<Result> =
  { readonly readable: true; readonly result: Result } | { readonly readable: false; readonly why: string };

/** How long reading may take, in milliseconds: of one file, and of all that share this. */
export class ReadingTime {
  readonly #perFile: number;
  readonly #total: number;
  #spent = 0;

  constructor({ perFile = 5000, total = 15_000 }: { perFile?: number; total?: number } = {}) {
    this.#perFile = perFile;
    this.#total = total;
  }

  /** What the next file gets; undefined when nothing is left. */
  get ofNextFile(): number | undefined {
    const left = Math.ceil(this.#total - this.#spent);
    return left > 0 ? Math.min(this.#perFile, left) : undefined;
  }

  /** Seconds for all files together. */
  get seconds(): number {
    return this.#total / 1000;
  }

  spend(milliseconds: number): void {
    this.#spent += milliseconds;
  }
}

/**
 * Parses a TypeScript file of any origin and works on its tree: the only way to a tree, so that every parse is bounded
 * in length, depth and time.
 */
export function withSyntaxTree<Result>(
  source: { readonly path: string; readonly text: string; readonly time: ReadingTime },
  work: (parsed: Parsed) => Result,
): Read<Result> {
  const { text, time } = source;
  const unreadable = (why: string): Read<Result> => ({ readable: false, why });
  if (text.length > MAX_CHARACTERS) return unreadable(`it is longer than ${MAX_CHARACTERS} characters`);
  const limit = time.ofNextFile;
  if (limit === undefined) {
    return unreadable(
      `the files before it took the ${time.seconds} s that there are for reading all of them`,
    );
  }
  const begin = performance.now();
  try {
    const ended = withDeadline(() => work(parse(source)), limit);
    if (ended.inTime) return { readable: true, result: ended.result };
    resetParser();
    return unreadable(
      `it takes longer than ${Number((limit / 1000).toFixed(1))} s; is there very deep nesting in it?`,
    );
  } catch (error) {
    resetParser();
    if (error instanceof UnparsableSource) return unreadable("TypeScript's parser fails on it");
    if (error instanceof RangeError) return unreadable('it is nested too deeply');
    throw error;
  } finally {
    time.spend(performance.now() - begin);
  }
}
