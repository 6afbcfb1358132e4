import { watchFolder } from './folder-watch.ts';

/** The saves in a folder, for whoever works on one version of it after the other. */
export class Saves {
  readonly #stop: () => void;
  /** Ends the work on a version that is not the newest any more. */
  #superseded = new AbortController();
  /** Something was saved since the work on this version began. */
  #isPending = false;
  #wake: () => void = () => undefined;

  /** Watches from now on. @param options.allow paths and globs, as in the assignment */
  constructor(options: { readonly folder: string; readonly allow: readonly string[] }) {
    this.#stop = watchFolder({ ...options, onChange: (paths) => this.#take(paths) });
  }

  /**
   * To be called before the folder is read.
   * @returns aborted by the first save that the work cannot but be wrong about; pictures, which are drawn by the dozen,
   * wait for its end
   */
  begin(): AbortSignal {
    this.#isPending = false;
    this.#superseded = new AbortController();
    return this.#superseded.signal;
  }

  /** Settles when something was saved since the work began, which may be long ago. */
  async next(): Promise<void> {
    if (this.#isPending) return;
    await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  close(): void {
    this.#stop();
  }

  #take(paths: ReadonlySet<string>): void {
    this.#isPending = true;
    if ([...paths].some((path) => !path.endsWith('.png'))) this.#superseded.abort();
    this.#wake();
  }
}
