import { Child, type ChildOptions } from '../../child/child.ts';

/** Children that are started ahead of need: whoever takes one does not wait for TensorFlow.js to load. */
export class SpareChildren {
  readonly #options: ChildOptions;
  readonly #waiting: Child[] = [];

  constructor(options: ChildOptions) {
    this.#options = options;
  }

  /** Sees to it that so many wait. */
  prepare(count: number): void {
    while (this.#waiting.length < count) this.#waiting.push(new Child(this.#options));
  }

  /** One that waits, if any still lives; whoever takes it ends it. */
  take(): Child | undefined {
    for (let child = this.#waiting.shift(); child; child = this.#waiting.shift()) {
      if (!child.over) return child;
      void child.destroy();
    }
    return undefined;
  }

  async close(): Promise<void> {
    await Promise.all(this.#waiting.splice(0).map((child) => child.destroy()));
  }
}
