import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CASE_FILES, loadAssignment } from '../../grader/assignment/load.ts';
import { casesOf } from '../../grader/checks/index.ts';
import { readNamedJson } from '../../grader/format/read-json.ts';
import { sha256 } from '../../grader/format/sha256.ts';
import { writeAtomically } from '../../grader/format/write-atomically.ts';
import { hashOfFolders } from './hash-of-folders.ts';
import { RECORD, type BatchFolder } from './batch-folder.ts';
import type { Grading } from './grading-key.ts';

const personSchema = z.object({ name: z.string(), sid: z.string(), email: z.string() });

/** Hashes of what a check's verdict depends on. */
const checkRecord = z.object({
  /** What it demands, its tolerance apart. */
  rule: z.string(),
  tolerance: z.string(),
  /** Inputs and expected values of its cases. */
  fixtures: z.string(),
});

const recordSchema = z.object({
  /** Of the compiled assignment and the template. */
  assignment: z.string(),
  grader: z.string(),
  /** By `part/check`. */
  checks: z.record(z.string(), checkRecord),
  /** Of what was submitted, by id, and by whom. */
  submissions: z.record(z.string(), z.object({ content: z.string(), people: z.array(personSchema) })),
});

/** What a batch graded, and by what: enough to say later why another one came to another score. */
export type BatchRecord = z.infer<typeof recordSchema>;

/** The part of a check that is named `part/check`. */
export const partOf = (check: string): string => check.slice(0, check.indexOf('/'));

/** What of a check says how near a result must be. */
const TOLERANCE_FIELDS = new Set(['atol', 'rtol', 'threshold', 'maxDifferentShare', 'atMost', 'atLeast']);

const hashOf = (value: unknown): string => sha256(Buffer.from(JSON.stringify(value))).slice(0, 16);

function partition(check: object): { rule: unknown; tolerance: unknown } {
  const tolerance: unknown[] = [];
  const rule = JSON.parse(
    JSON.stringify(check, (key, value: unknown) => {
      if (!TOLERANCE_FIELDS.has(key)) return value;
      tolerance.push([key, value]);
      return undefined;
    }),
  ) as unknown;
  return { rule, tolerance };
}

/** The hashes of every check of a compiled assignment. */
export function recordChecks(halves: readonly string[]): BatchRecord['checks'] {
  const { parts } = loadAssignment(halves);
  const records = parts.flatMap((part) =>
    part.checks.map(({ check }) => {
      const { rule, tolerance } = partition(check);
      const folders = casesOf(check).flatMap((id) => {
        const directory = part.cases.get(id)?.directory;
        return directory && existsSync(join(directory, CASE_FILES.meta)) ? [directory] : [];
      });
      const record = {
        rule: hashOf(rule),
        tolerance: hashOf(tolerance),
        fixtures: hashOfFolders(folders).slice(0, 16),
      };
      return [`${part.id}/${check.id}`, record] as const;
    }),
  );
  return Object.fromEntries(records);
}

const pathOf = (folder: BatchFolder): string => join(folder.root, RECORD);

/**
 * Keeps what a batch is about to grade, beside what it graded before of the same class: who left it is in its tables no
 * more, and must not count in a comparison either.
 * @param everyone the ids of all of the class, also of those that are not graded now
 */
export function writeRecord(
  folder: BatchFolder,
  { assignment, grader }: Grading,
  now: Pick<BatchRecord, 'checks' | 'submissions'>,
  everyone: ReadonlySet<string>,
): void {
  const before = existsSync(pathOf(folder)) ? readRecord(folder).submissions : {};
  const still = Object.fromEntries(Object.entries(before).filter(([id]) => everyone.has(id)));
  const record = { assignment, grader, ...now, submissions: { ...still, ...now.submissions } };
  writeAtomically(pathOf(folder), `${JSON.stringify(record)}\n`);
}

/** @throws UsageError when the folder holds no batch, or what it holds is damaged */
export function readRecord(folder: BatchFolder): BatchRecord {
  return readNamedJson(
    pathOf(folder),
    recordSchema,
    () =>
      `${pathOf(folder)} is not what npm run batch writes, or damaged: name another folder, or grade into a new one`,
  );
}
