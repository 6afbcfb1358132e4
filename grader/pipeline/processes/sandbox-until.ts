import { GraderError } from '../../format/errors.ts';
import type { Sandbox, SandboxedProcess } from '../../sandbox/sandbox.ts';

/** A sandbox that ends all that was launched by it when the signal comes, and launches nothing more. */
export function sandboxUntil(signal: AbortSignal, sandbox: Sandbox): Sandbox {
  const running = new Set<SandboxedProcess>();
  signal.addEventListener('abort', () => {
    // Whoever launched a process waits for its end, and is told if it does not come.
    for (const process of running) process.destroy().catch(() => undefined);
  });
  return {
    level: sandbox.level,
    layers: sandbox.layers,
    proveIsolation: (secrets) => sandbox.proveIsolation(secrets),
    close: () => sandbox.close(),
    launch(options) {
      if (signal.aborted) throw new GraderError('the time of the run is up');
      const process = sandbox.launch(options);
      running.add(process);
      void process.ended.then(() => running.delete(process));
      return process;
    },
  };
}
