/**
 * What right code never brings about. Observed from outside: `protocol`, an answer that no runner gives; `over-budget`,
 * one larger than anything that could be right; `killed`, a limit or a signal; `ended`, an exit of its own. Two are
 * told by the runner from inside, so that submitted code can forge them, and hide them: `reach`, for a module of
 * Node.js, and `refused`, an error that such a module gave. `second-try` may be no doing of the submission at all: a
 * process on a native backend crashed or its device was lost, and the call was made once more.
 */
export const INCIDENT_KINDS = [
  'protocol',
  'over-budget',
  'killed',
  'ended',
  'reach',
  'refused',
  'second-try',
] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

/** Whether submitted code can make it up, and hide it. */
export function isToldFromInside(kind: IncidentKind): boolean {
  return kind === 'reach' || kind === 'refused';
}

/** For staff alone: it may tell of what happened on private inputs. */
export interface Incident {
  readonly kind: IncidentKind;
  /** In a few words, such as `two answers to one request`. */
  readonly what: string;
  readonly part: string;
  /** Absent while the code was loaded. */
  readonly case?: string;
  readonly call?: string;
  /** Ids of the part's checks that look at the case. */
  readonly checks: readonly string[];
  /** How often. */
  readonly count: number;
}

/** What a runner may tell: `fs.readFileSync EACCES` was refused, `process.getBuiltinModule:fs` was reached for. */
export const REFUSAL = /^[\w.:/]{1,60}(?: [A-Z_]{1,30})?$/;
/** A runner tells of so many at a time. */
export const MOST_REFUSALS = 16;
