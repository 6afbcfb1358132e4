type Listener = (message: unknown) => void;

/**
 * What Emscripten's script for threads takes for a worker: it asks for a pool of them before it starts, and waits until
 * each has loaded. XNNPACK is left on one thread, so that none is ever given work.
 */
export class IdleWorker {
  private readonly listeners: Listener[] = [];

  on(event: string, listener: Listener): void {
    if (event === 'message') this.listeners.push(listener);
  }

  postMessage(message: { readonly cmd: string }): void {
    if (message.cmd !== 'load') throw new Error('tfjs-wasm started a thread of its own');
    queueMicrotask(() => this.listeners.forEach((listener) => listener({ cmd: 'loaded' })));
  }

  terminate(): void {}
  ref(): void {}
  unref(): void {}
}
