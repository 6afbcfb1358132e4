import { GraderError } from '../format/errors.ts';
import type { HostSecrets, IsolationReport } from '../sandbox/isolation.ts';
import type { LaunchOptions, Sandbox, SandboxedProcess } from '../sandbox/sandbox.ts';

/** A sandbox whose processes can be ended all at once, and which is used again after that. */
export class InterruptibleSandbox implements Sandbox {
  readonly #sandbox: Sandbox;
  readonly #running = new Set<SandboxedProcess>();
  #isInterrupted = false;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  get level(): Sandbox['level'] {
    return this.#sandbox.level;
  }

  get layers(): Sandbox['layers'] {
    return this.#sandbox.layers;
  }

  get isInterrupted(): boolean {
    return this.#isInterrupted;
  }

  /** @throws GraderError between an interruption and the next `resume` */
  launch(options: LaunchOptions): SandboxedProcess {
    if (this.#isInterrupted) throw new GraderError('the run was interrupted');
    const process = this.#sandbox.launch(options);
    this.#running.add(process);
    void process.ended.then(() => this.#running.delete(process));
    return process;
  }

  proveIsolation(secrets?: HostSecrets): Promise<IsolationReport> {
    return this.#sandbox.proveIsolation(secrets);
  }

  /** Ends all that was launched by it, and launches nothing more until it is told to. */
  interrupt(): void {
    this.#isInterrupted = true;
    // Whoever launched a process waits for its end, and is told if it does not come.
    for (const process of this.#running) process.destroy().catch(() => undefined);
  }

  resume(): void {
    this.#isInterrupted = false;
  }

  close(): Promise<void> {
    return this.#sandbox.close();
  }
}
