import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { FIXTURES } from '../../repository.ts';

const lines = z.record(z.string(), z.string());

const run = z.strictObject({
  /** Of the files that differ from the reference, and of the part's cases, checks and expected values. */
  key: z.string(),
  /** Failed checks whose values can be recognised, with the kind of relation that the message tells, or nothing. */
  fails: lines,
  /** Failed checks that say themselves what is wrong. */
  saysItself: z.array(z.string()),
  /** Fingerprints by place: of the reference all, of the others those that differ from it. */
  returns: lines,
});
/** What one submission did. */
export type RecordedRun = z.output<typeof run>;

const file = z.strictObject({
  /** Where and when something was run last: `2026-11-26, 2 x Xeon, Node.js 20`. */
  on: z.string(),
  /** By submission: `should-pass/reference`, `should-fail/tv-loss/diagonal`, `again/tv-loss/diagonal`. */
  runs: z.record(z.string(), run),
});
/** What right and wrong solutions of a part returned; the committed record of it. */
export type Recorded = z.output<typeof file>;

export const REFERENCE_RUN = 'should-pass/reference';

const pathOf = (part: string): string => join(FIXTURES, 'known-mistakes', `${part}.json`);

/** What was recorded of a part before; nothing where it never was. */
export function loadRecorded(part: string): Recorded {
  const path = pathOf(part);
  return existsSync(path) ? file.parse(JSON.parse(readFileSync(path, 'utf8'))) : { on: '', runs: {} };
}

export function saveRecorded(part: string, { on, runs }: Recorded): void {
  mkdirSync(dirname(pathOf(part)), { recursive: true });
  const sorted = Object.entries(runs).toSorted(([a], [b]) => (a < b ? -1 : 1));
  // A run a line: small, and a change shows which runs it is of.
  const lines = sorted.map(([name, one]) => `    ${JSON.stringify(name)}: ${JSON.stringify(one)}`);
  writeFileSync(
    pathOf(part),
    `{\n  "on": ${JSON.stringify(on)},\n  "runs": {\n${lines.join(',\n')}\n  }\n}\n`,
  );
}
