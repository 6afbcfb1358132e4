import type { Call } from '../../format/call-plan.ts';
import type { CallOutcome } from '../../format/outcome.ts';

/** What a call may take when its plan says nothing, on Gradescope and at home. */
export const CALL_SECONDS = 8;
/** After so many time-outs a function is not called any more; others of its part may be right. */
const MOST_OF_A_FUNCTION = 2;
/** After so many nothing more of a part is run: what loops without end must not take the other parts' time. */
const MOST_OF_A_PART = 4;
/** A function that hung once gets no more for its next call, so that one endless loop costs seconds. */
const SECONDS_AFTER_TIME_OUT = 2;
/** For all calls of a part together; right solutions take a tenth of it. */
const SECONDS_OF_A_PART = 150;

/** How long a part may go on: counts the time-outs of its calls, and the seconds that they took. */
export class Patience {
  readonly #timeFactor: number;
  /** By function. */
  readonly #hung = new Map<string, number>();
  #timeOuts = 0;
  #seconds = 0;

  /** @param timeFactor stretches the seconds: 2 on a machine half as fast */
  constructor(timeFactor: number) {
    this.#timeFactor = timeFactor;
  }

  /** @param limit what the call may take in any case, seconds */
  secondsFor(call: Pick<Call, 'module' | 'export'>, limit: number): number {
    const patience = this.#hung.has(nameOf(call)) ? Math.min(limit, SECONDS_AFTER_TIME_OUT) : limit;
    return patience * this.#timeFactor;
  }

  note(call: Pick<Call, 'module' | 'export'>, seconds: number, timedOut: boolean): void {
    this.#seconds += seconds;
    if (!timedOut) return;
    this.#timeOuts++;
    this.#hung.set(nameOf(call), (this.#hung.get(nameOf(call)) ?? 0) + 1);
  }

  /** What becomes of a call that is not made any more; undefined while the part goes on. */
  refusalOf(call: Pick<Call, 'module' | 'export'>): CallOutcome | undefined {
    const hung =
      this.#timeOuts >= MOST_OF_A_PART || (this.#hung.get(nameOf(call)) ?? 0) >= MOST_OF_A_FUNCTION;
    const total = SECONDS_OF_A_PART * this.#timeFactor;
    if (!hung && this.#seconds < total) return undefined;
    const why = hung
      ? 'after several time-outs: what did not finish has to be fixed first'
      : `any more: the calls of this part had taken ${total} s together`;
    return { kind: 'failed', reason: 'not-run', summary: `${call.export} was not run ${why}`, details: [] };
  }
}

const nameOf = (call: Pick<Call, 'module' | 'export'>): string => `${call.module}:${call.export}`;
