import { GraderError } from '../format/errors.ts';
import { runCanary } from './canary/canary.ts';
import { untested } from './canary/report.ts';
import type { HostSecrets, IsolationLevel, IsolationReport } from './isolation.ts';
import { levelOf, NO_LAYERS, probeLayers, type Layers, type Means } from './layers.ts';
import { whenProcessEnds } from './process-end.ts';
import { RunningProcess } from './process.ts';
import { reapUidNow } from './reap.ts';
import type { LaunchOptions, Sandbox, SandboxedProcess } from './sandbox.ts';
import { claimOrphans, claimUid, type UidClaim } from './uid-claim.ts';
import { Watchdog } from './watchdog.ts';

/**
 * `auto`: the strongest that this host offers; `strict`: that, and an error where it is not enough for untrusted
 * code beside private fixtures; `practice`: for a student's own computer and own code, no boundary at all.
 */
export const ISOLATIONS = ['auto', 'strict', 'practice'] as const;
export type Isolation = (typeof ISOLATIONS)[number];

export interface SandboxOptions {
  readonly isolation?: Isolation;
  /** Means not to use, so that weaker hosts can be tried out. */
  readonly without?: readonly Means[];
}

/** Levels that can keep hidden files, the network and the grader from untrusted code. */
const STRICT_LEVELS: ReadonlySet<IsolationLevel> = new Set(['namespaces', 'own-uid-filtered', 'filtered']);

/**
 * The strongest way of starting untrusted code that this host offers.
 * @throws GraderError under `strict` when that is not enough
 */
export function openSandbox(options: SandboxOptions = {}): Sandbox {
  const isolation = options.isolation ?? 'auto';
  const layers = isolation === 'practice' ? NO_LAYERS : probeLayers(new Set(options.without));
  const level = levelOf(layers);
  if (isolation === 'strict' && !STRICT_LEVELS.has(level)) {
    throw new GraderError(
      `this host isolates only at level ${level}: nothing filters system calls, so the network is open. ` +
        'Install a C compiler or perl, or bubblewrap; see docs/security.md',
    );
  }
  // Where the kernel does not end children with their grader, those of one that was killed may still run.
  if (layers.ownUid) for (const claim of claimOrphans()) releaseReaped(claim, layers);
  return new LayeredSandbox(level, layers, isolation);
}

class LayeredSandbox implements Sandbox {
  readonly level: IsolationLevel;
  readonly layers: Layers;
  readonly #isolation: Isolation;
  readonly #watchdog = new Watchdog();
  readonly #tests = new Map<string, Promise<IsolationReport>>();
  readonly #running = new Map<RunningProcess, UidClaim | undefined>();
  /** Takes back that all that runs is ended with this process. */
  #outlived: (() => void) | undefined;

  constructor(level: IsolationLevel, layers: Layers, isolation: Isolation) {
    this.level = level;
    this.layers = layers;
    this.#isolation = isolation;
  }

  launch(options: LaunchOptions): SandboxedProcess {
    const claim = this.layers.ownUid ? claimUid() : undefined;
    if (claim?.inherited) reapUidNow(claim.uid, this.layers);
    try {
      const running: RunningProcess = new RunningProcess({
        options,
        layers: this.layers,
        claim,
        watchdog: this.#watchdog,
        onGone: () => this.#forget(running),
      });
      this.#running.set(running, claim);
      this.#outlived ??= whenProcessEnds(() => this.#endNow());
      return running;
    } catch (error) {
      claim?.release();
      throw error;
    }
  }

  proveIsolation(secrets: HostSecrets = {}): Promise<IsolationReport> {
    if (this.#isolation === 'practice') return Promise.resolve(untested(this));
    const key = JSON.stringify(secrets);
    const test =
      this.#tests.get(key) ?? runCanary({ sandbox: this, secrets, strict: this.#isolation === 'strict' });
    this.#tests.set(key, test);
    return test;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#running.keys()].map((running) => running.destroy()));
  }

  #forget(running: RunningProcess): void {
    this.#running.delete(running);
    if (this.#running.size > 0) return;
    this.#outlived?.();
    this.#outlived = undefined;
  }

  #endNow(): void {
    for (const [running, claim] of this.#running) {
      running.killNow();
      if (claim) releaseReaped(claim, this.layers);
    }
  }
}

function releaseReaped(claim: UidClaim, layers: Layers): void {
  reapUidNow(claim.uid, layers);
  claim.release();
}
