import { SourceMap, type SourceMapPayload } from 'node:module';

export interface SourcePosition {
  readonly file: string;
  readonly line: number;
}

/** Finds the place in a student's own file that a stack trace of their bundle speaks of. */
export class SourcePositions {
  readonly #bundle: string;
  readonly #map: SourceMap | undefined;

  /** @param options.code a bundle with an inline source map; @param options.name its file name in stack traces */
  constructor(options: { code: string; name: string }) {
    this.#bundle = options.name;
    const encoded = /\/\/# sourceMappingURL=data:application\/json;base64,([\w+/=]+)\s*$/.exec(
      options.code,
    )?.[1];
    if (encoded) {
      this.#map = new SourceMap(
        JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as SourceMapPayload,
      );
    }
  }

  /** The topmost frame that lies in the bundle. The stack is untrusted text: it is searched, never believed. */
  locate(stack: string): SourcePosition | undefined {
    for (const line of stack.split('\n', 40)) {
      const at = line.indexOf(`${this.#bundle}:`);
      if (at < 0) continue;
      const [row, column] = line
        .slice(at + this.#bundle.length + 1)
        .split(/[:)]/, 2)
        .map(Number);
      if (!Number.isInteger(row) || !Number.isInteger(column) || row < 1 || column < 1) continue;
      const entry = this.#map?.findEntry(row - 1, column - 1);
      if (entry && 'originalSource' in entry && entry.originalSource.endsWith('.ts')) {
        return { file: entry.originalSource.replace(/^(?:\.\.?\/)+/, ''), line: entry.originalLine + 1 };
      }
    }
    return undefined;
  }
}
