import { SourceMap, type SourceMapPayload } from 'node:module';

export interface SourcePosition {
  readonly file: string;
  readonly line: number;
}

/** The files of a bundle that students know, by their path in the template. */
export interface SourceFiles {
  readonly submitted: ReadonlySet<string>;
  readonly given: ReadonlySet<string>;
}

/** Longest stack that is searched, lines. */
const MAX_FRAMES = 200;

/** Finds the place in a student's own file that a stack trace of their bundle speaks of. */
export class SourcePositions {
  readonly #bundle: string;
  readonly #files: SourceFiles | undefined;
  readonly #map: SourceMap | undefined;

  /**
   * @param options.code a bundle with an inline source map
   * @param options.name its file name in stack traces
   * @param options.files where a place may lie; default: in any module, for code of our own
   */
  constructor(options: { code: string; name: string; files?: SourceFiles | undefined }) {
    this.#bundle = options.name;
    this.#files = options.files;
    const encoded = /\/\/# sourceMappingURL=data:application\/json;base64,([\w+/=]+)\s*$/.exec(
      options.code,
    )?.[1];
    if (encoded) {
      this.#map = new SourceMap(
        JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as SourceMapPayload,
      );
    }
  }

  /**
   * The topmost frame that lies in a submitted file, else the topmost one in given code. The stack is untrusted text:
   * it is searched, never believed; so is the map, to which a submitted file can add names of its choice.
   */
  locate(stack: string): SourcePosition | undefined {
    let given: SourcePosition | undefined;
    for (const line of stack.split('\n', MAX_FRAMES)) {
      const position = this.#positionOf(line);
      if (!position) continue;
      if (!this.#files || this.#files.submitted.has(position.file)) return position;
      if (this.#files.given.has(position.file)) given ??= position;
    }
    return given;
  }

  /** The submitted files that the bundle runs code of. */
  get loaded(): string[] {
    const sources = this.#map?.payload.sources ?? [];
    return sources
      .map(pathOf)
      .filter((path) => this.#files?.submitted.has(path))
      .toSorted();
  }

  #positionOf(frame: string): SourcePosition | undefined {
    const at = frame.indexOf(`${this.#bundle}:`);
    if (at < 0) return undefined;
    const [row, column] = frame
      .slice(at + this.#bundle.length + 1)
      .split(/[:)]/, 2)
      .map(Number);
    if (!Number.isInteger(row) || !Number.isInteger(column) || row < 1 || column < 1) return undefined;
    const entry = this.#map?.findEntry(row - 1, column - 1);
    if (!entry || !('originalSource' in entry) || !entry.originalSource.endsWith('.ts')) return undefined;
    return { file: pathOf(entry.originalSource), line: entry.originalLine + 1 };
  }
}

/** The path in the template of what a map calls a source. */
const pathOf = (source: string): string => source.replace(/^(?:\.\.?\/)+/, '');
