import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { jsonText } from '../../grader/format/json-text.ts';
import { FIXTURES } from '../../repository.ts';

const run = z.strictObject({
  /** Of the files that differ from the reference, and of the part's cases, checks and expected values. */
  key: z.string(),
  /** Checks that did not pass. */
  fails: z.array(z.string()),
  /** How much of its tolerance each comparison used: 1 is the limit. */
  used: z.record(z.string(), z.number()),
});
/** What one submission did under one setting. */
export type MeasuredRun = z.output<typeof run>;

const file = z.strictObject({
  /** Where and when something was run last: `2026-11-26, 2 x Xeon, Node.js 20`. */
  on: z.string(),
  /** By submission, backend and threads: `should-pass/tv-loss/plain wasm 2`. */
  right: z.record(z.string(), run),
  /** By mistake. */
  wrong: z.record(z.string(), run),
});
/** What was measured of a part; the committed record of it. */
export type Measured = z.output<typeof file>;

const pathOf = (part: string): string => join(FIXTURES, 'calibration', `${part}.json`);

/** What was measured of a part before; nothing where it never was. */
export function loadMeasured(part: string): Measured {
  const path = pathOf(part);
  return existsSync(path)
    ? file.parse(JSON.parse(readFileSync(path, 'utf8')))
    : { on: '', right: {}, wrong: {} };
}

export function saveMeasured(part: string, { on, right, wrong }: Measured): void {
  mkdirSync(dirname(pathOf(part)), { recursive: true });
  writeFileSync(pathOf(part), jsonText({ on, right: sorted(right), wrong: sorted(wrong) }));
}

function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
