/** The machine, place or way of running under which right solutions are graded. */
export interface Condition {
  /** Tells it from the others: `load-8`. */
  readonly name: string;
  /** In a few words, for the table. */
  readonly what: string;
  /** Of the tensor engine in each child; default 1. */
  readonly threads?: number;
  /** So many other programs compute without end beside it. */
  readonly load?: number;
  /** Share of one processor that a control group gives to all of it. */
  readonly processor?: number;
  /** A release line of Node.js, taken from the npm registry: `22`. */
  readonly node?: string;
  /** The grader is an ordinary user's. */
  readonly plainUser?: boolean;
}

/** All others are compared with this one. */
export const PLAIN: Condition = { name: 'plain', what: 'as it is' };

export const CONDITIONS: readonly Condition[] = [
  PLAIN,
  { name: 'threads-2', what: '2 threads', threads: 2 },
  { name: 'load-8', what: '8 programs compute beside it', load: 8 },
  { name: 'half-speed', what: 'half a processor (control group)', processor: 0.5 },
  { name: 'plain-user', what: 'an ordinary user', plainUser: true },
  { name: 'node-20', what: 'Node.js 20', node: '20' },
  { name: 'node-22', what: 'Node.js 22', node: '22' },
  { name: 'node-24', what: 'Node.js 24', node: '24' },
];
