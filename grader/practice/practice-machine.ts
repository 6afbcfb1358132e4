import { mkdirSync } from 'node:fs';
import type { Assignment, LoadedPart } from '../assignment/loaded.ts';
import { layOutRunner } from '../child/build.ts';
import { Bundler } from '../compile/bundle.ts';
import { stage } from '../ingest/stage.ts';
import type { BundleProcess, BundleProcessOptions } from '../pipeline/processes/bundle-process.ts';
import { startGiven } from '../pipeline/calls/given-code.ts';
import { CALL_SECONDS } from '../pipeline/processes/patience.ts';
import { SpareChildren } from '../pipeline/processes/spare-children.ts';
import { openWorkplace, type Workplace } from '../pipeline/workplace.ts';
import { openSandbox } from '../sandbox/launch.ts';
import { DEFAULT_LIMITS, type Sandbox } from '../sandbox/sandbox.ts';
import { InterruptibleSandbox } from './interruptible-sandbox.ts';

/** What checks run on and what stays between two runs: the compiler, the process of given code, a child that waits. */
export class PracticeMachine {
  readonly place: Workplace = openWorkplace();
  readonly sandbox: Sandbox = openSandbox({ isolation: 'practice' });
  /** Of the processes that make calls. Compilers end soon, and what they make is needed again. */
  readonly calls = new InterruptibleSandbox(this.sandbox);
  readonly bundler: Bundler;
  readonly processOptions: Omit<BundleProcessOptions, 'name' | 'bundle'>;
  readonly #assignment: Assignment;
  readonly #template: string;
  readonly #spares: SpareChildren;
  readonly #ready: Promise<void>;
  #given: Promise<BundleProcess> | undefined;
  /** Stands for the process of given code where no part has calls for it; never starts. */
  #idle: Promise<BundleProcess> | undefined;

  constructor({ assignment, template }: { assignment: Assignment; template: string }) {
    this.#assignment = assignment;
    this.#template = template;
    const { child, tools } = this.place;
    const { sandbox } = this;
    this.bundler = new Bundler({ sandbox, tools });
    const childOptions = {
      sandbox: this.calls,
      directory: child,
      backend: 'wasm',
      threads: 1,
      limits: DEFAULT_LIMITS,
    };
    this.#spares = new SpareChildren(childOptions);
    this.processOptions = {
      ...childOptions,
      timeFactor: 1,
      defaultTimeLimit: CALL_SECONDS,
      spare: () => this.#spares.take(),
    };
    mkdirSync(child, { recursive: true });
    this.#ready = layOutRunner(child);
  }

  /** Starts the children that the next run of these parts will need, and does not wait for them. */
  async warmUp(parts: readonly LoadedPart[]): Promise<void> {
    await this.#ready;
    if (this.calls.isInterrupted || !parts.some(hasCalls)) return;
    this.#spares.prepare(parts.some(hasDerived) && !this.#given ? 2 : 1);
  }

  /** What runs the given code that these parts have calls for. */
  given(parts: readonly LoadedPart[]): Promise<BundleProcess> {
    if (this.#given) return this.#given;
    if (parts.some(hasDerived)) return (this.#given = this.#startGiven());
    return (this.#idle ??= this.#bundleGiven([]));
  }

  async #startGiven(): Promise<BundleProcess> {
    const { pristine } = this.place;
    await stage({ template: this.#template, files: new Map(), directory: pristine, allow: [] });
    return this.#bundleGiven(this.#assignment.parts);
  }

  #bundleGiven(parts: readonly LoadedPart[]): Promise<BundleProcess> {
    return startGiven({
      assignment: { ...this.#assignment, parts },
      pristine: this.place.pristine,
      bundler: this.bundler,
      processOptions: this.processOptions,
    });
  }

  /** Ends all that was started and removes what lies on the disk. */
  async close(): Promise<void> {
    await this.#ready.catch(() => undefined);
    await this.#spares.close();
    await (await this.#given?.catch(() => undefined))?.close();
    await this.sandbox.close();
    this.place.close();
  }
}

function hasCalls({ cases }: LoadedPart): boolean {
  return [...cases.values()].some(({ plan }) => plan.calls.length > 0);
}

function hasDerived({ cases }: LoadedPart): boolean {
  return [...cases.values()].some(({ plan }) => plan.derived.length > 0);
}
