import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import ts from 'typescript';
import { scratchOfThisProcess } from '../sandbox/scratch.ts';
import type { DeadlineOrder, SavedFile } from './deadline-thread.ts';

const PROGRAM = join(dirname(fileURLToPath(import.meta.url)), 'deadline-thread.ts');
/** For ending children and writing the report, once the deadline has passed. */
const ENDING_SECONDS = 8;
const EXIT_SECONDS = 8;
const FAULT = 3;
const MEMORY_MB = 64;

/**
 * The deadline of a run, kept by two: this thread, which ends the run in good order, and one of its own, which ends
 * the process if this one hangs. A parser without an end, or a loop in the grader itself, cannot hold either up.
 */
export class Deadline {
  readonly #passed = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly #thread: Worker;

  /**
   * @param options.seconds from now on
   * @param options.onTrouble told when there is no second keeper
   */
  constructor({
    seconds,
    onTrouble,
  }: {
    seconds: number;
    onTrouble?: ((message: string) => void) | undefined;
  }) {
    if (!(seconds > 0)) throw new RangeError('the deadline of a run must be more than 0 seconds away');
    const workerData: DeadlineOrder = {
      milliseconds: (seconds + ENDING_SECONDS) * 1000,
      exitMilliseconds: EXIT_SECONDS * 1000,
      exitCode: FAULT,
      scratch: scratchOfThisProcess(),
    };
    const code = ts.transpile(readFileSync(PROGRAM, 'utf8'), {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
    });
    this.#thread = new Worker(code, {
      eval: true,
      workerData,
      execArgv: [],
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    this.#thread.on('error', (error) => onTrouble?.(`only one thread keeps the deadline: ${String(error)}`));
    this.#thread.unref();
    // Last: a timer would keep a process alive that has no keeper.
    this.#timer = setTimeout(() => this.#passed.abort(), seconds * 1000);
  }

  /** Aborted once the deadline has passed. */
  get passed(): AbortSignal {
    return this.#passed.signal;
  }

  /** What is to be on the disk in case this thread hangs when the deadline comes; takes the place of what was said before. */
  leave(files: readonly SavedFile[]): void {
    this.#thread.postMessage(files);
  }

  close(): void {
    clearTimeout(this.#timer);
    void this.#thread.terminate();
  }
}
