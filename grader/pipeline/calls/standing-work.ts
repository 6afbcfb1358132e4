import type { Bundle } from '../../compile/bundle.ts';
import { layOutRunner } from '../../child/build.ts';
import { loadAssignment } from '../../assignment/load.ts';
import type { Assignment } from '../../assignment/loaded.ts';
import { BundleProcess, GIVEN_CODE, type BundleProcessOptions } from '../processes/bundle-process.ts';
import type { GivenCaller } from './given-code.ts';
import { sandboxUntil } from '../processes/sandbox-until.ts';
import { selectParts } from '../select-parts.ts';
import { openWorkplace, type Workplace } from '../workplace.ts';

/** A process of given code ends after so many submissions, so that neither memory nor processor time adds up. */
const MOST_SUBMISSIONS = 25;

type ProcessOptions = Omit<BundleProcessOptions, 'name' | 'bundle'>;

/**
 * What one run can leave for the next one of the same assignment, template and settings: the parsed fixtures, the
 * template's bundle, the process of given code. Whoever opens it closes it, and grades one part of one submission at a time.
 */
export class StandingWork {
  readonly #halves: readonly string[];
  readonly #parts: readonly string[] | undefined;
  #assignment: Assignment | undefined;
  #place: Workplace | undefined;
  #given: StandingGiven | undefined;

  constructor(options: {
    readonly assignment: readonly string[];
    readonly parts?: readonly string[] | undefined;
  }) {
    this.#halves = options.assignment;
    this.#parts = options.parts;
  }

  /** Its tensors are read once, when they are needed first. */
  get assignment(): Assignment {
    return (this.#assignment ??= selectParts(loadAssignment(this.#halves), this.#parts));
  }

  /**
   * The process of given code, for one submission.
   * @param setup.bundle called once
   * @param setup.deadline of the submission: it ends the process, too
   */
  async given(setup: {
    readonly bundle: () => Promise<Bundle>;
    readonly processOptions: ProcessOptions;
    readonly deadline: AbortSignal | undefined;
  }): Promise<GivenCaller> {
    const { bundle, processOptions, deadline } = setup;
    if (!this.#given) this.#given = await this.#start(processOptions, await bundle());
    await this.#given.begin(deadline);
    return this.#given;
  }

  async #start(processOptions: ProcessOptions, bundle: Bundle): Promise<StandingGiven> {
    this.#place = openWorkplace();
    const directory = this.#place.child;
    await layOutRunner(directory);
    return new StandingGiven({ ...processOptions, name: GIVEN_CODE, directory, bundle });
  }

  async close(): Promise<void> {
    await this.#given?.end();
    this.#place?.close();
  }
}

/** Given code that goes on from one submission to the next; what fails on a used process is tried on a fresh one. */
class StandingGiven implements GivenCaller {
  readonly #options: BundleProcessOptions;
  /** Ends the process, and all that would take its place. */
  #cut = new AbortController();
  #process: BundleProcess;
  /** Submissions that this process has served, the one at work counted. */
  #served = 0;
  #hasFailed = false;
  #deadline: AbortSignal | undefined;

  constructor(options: BundleProcessOptions) {
    this.#options = options;
    this.#process = this.#fresh();
  }

  async begin(deadline: AbortSignal | undefined): Promise<void> {
    if (this.#hasFailed || this.#served >= MOST_SUBMISSIONS) await this.#renew();
    this.#served++;
    // Bytes and seconds are those of one submission.
    this.#process.resetBudgets();
    this.#deadline = deadline;
    deadline?.addEventListener('abort', this.#end);
    if (deadline?.aborted) this.#end();
  }

  readonly call: GivenCaller['call'] = async (call, args, tensors, bounds = {}) => {
    const { budget, patience } = bounds;
    if (this.#served > 1) {
      const outcome = await this.#process.call(call, args, tensors, { budget });
      if (outcome.kind === 'returned') {
        patience?.note(call, outcome.seconds, false);
        return outcome;
      }
      if (this.#deadline?.aborted) return outcome;
      await this.#renew();
      this.#served = 1;
    }
    const outcome = await this.#process.call(call, args, tensors, bounds);
    if (outcome.kind !== 'returned') this.#hasFailed = true;
    return outcome;
  };

  makeRoom(): Promise<void> {
    return this.#process.makeRoom();
  }

  resetBudgets(): void {
    this.#process.resetBudgets();
  }

  /** The submission is done; the process stays. */
  async rest(): Promise<void> {
    const deadline = this.#deadline;
    this.#deadline = undefined;
    deadline?.removeEventListener('abort', this.#end);
    if (deadline?.aborted) await this.#renew();
  }

  async end(): Promise<void> {
    await this.#process.close();
  }

  readonly #end = (): void => this.#cut.abort();

  #fresh(): BundleProcess {
    this.#cut = new AbortController();
    // It may have passed while the process before ended.
    if (this.#deadline?.aborted) this.#end();
    const sandbox = sandboxUntil(this.#cut.signal, this.#options.sandbox);
    return new BundleProcess({ ...this.#options, sandbox });
  }

  async #renew(): Promise<void> {
    await this.#process.close();
    this.#process = this.#fresh();
    this.#served = 0;
    this.#hasFailed = false;
  }
}
