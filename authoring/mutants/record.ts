import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { jsonText } from '../../grader/format/json-text.ts';
import { FIXTURES } from '../../repository.ts';

const judged = z.strictObject({
  /** Of the mutant, and of the part's cases, checks and expected values. */
  key: z.string(),
  file: z.string(),
  line: z.number().int(),
  mutation: z.string(),
  before: z.string(),
  after: z.string(),
  /** Checks that fail, by which it dies. */
  fails: z.array(z.string()),
});
/** A mutant and what became of it. */
export type JudgedMutant = z.output<typeof judged>;

const file = z.strictObject({
  /** Where and when something was run last. */
  on: z.string(),
  /** By the mutants' ids. */
  mutants: z.record(z.string(), judged),
});
/** What became of a part's mutants; the committed record of it. */
export type MutantRecord = z.output<typeof file>;

const verdicts = z.record(z.string(), z.string().min(1));

const pathOf = (part: string): string => join(FIXTURES, 'mutants', `${part}.json`);
const verdictsOf = (part: string): string => join(FIXTURES, 'mutants', 'equivalent', `${part}.json`);

const read = <T>(path: string, schema: z.ZodType<T>): T | undefined =>
  existsSync(path) ? schema.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined;

/** What is known of a part's mutants; nothing where none was run. */
export function loadMutants(part: string): MutantRecord {
  return read(pathOf(part), file) ?? { on: '', mutants: {} };
}

export function saveMutants(part: string, { on, mutants }: MutantRecord): void {
  mkdirSync(dirname(pathOf(part)), { recursive: true });
  const sorted = Object.entries(mutants).toSorted(
    ([a, one], [b, other]) => one.file.localeCompare(other.file) || one.line - other.line || (a < b ? -1 : 1),
  );
  writeFileSync(pathOf(part), jsonText({ on, mutants: Object.fromEntries(sorted) }));
}

/** Why mutants compute what the reference does, by their ids: written by hand, one sentence each. */
export function loadEquivalent(part: string): Readonly<Record<string, string>> {
  return read(verdictsOf(part), verdicts) ?? {};
}
