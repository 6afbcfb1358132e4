import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { FIXTURES } from '../../repository.ts';
import { WAY_NAMES } from './ways.ts';

const HOSTILE = join(FIXTURES, 'hostile');

/** What went wrong in spite of everything. */
export const VIOLATIONS = [
  'leak',
  'private-text',
  'score',
  'other-part',
  'errored',
  'control-characters',
  'invalid-results',
  'changed-files',
  'left-files',
  'left-scratch',
  'left-processes',
  'left-claims',
  'network',
  'slow',
  'crash',
] as const;
export type Violation = (typeof VIOLATIONS)[number];

const wayName = z.enum(WAY_NAMES);

/** `expect.json` of an attack. */
export const expectation = z.strictObject({
  number: z.number().int().positive(),
  title: z.string(),
  /** Points of the attacked part that an honest grader may give at most. */
  most: z.number(),
  /** Points that it must give, for controls. */
  least: z.number().default(0),
  /** `strongest`: what it tries has nothing to do with the operating system, so one way of isolating is enough. */
  ways: z.enum(['all', 'strongest']),
  /** Also run the type check. */
  types: z.boolean().default(false),
  timeFactor: z.number().positive().default(1),
  /** What no student-visible text may contain, besides the canary. */
  absent: z.array(z.string()).default([]),
  /** What no text of a private check may contain. */
  privateAbsent: z.array(z.string()).default([]),
  /** Made by the tests, since no zip program makes such zips. */
  zip: z.enum(['symlink', 'slip', 'bomb', 'case-clash', 'odd-names', 'link-directory']).optional(),
  note: z.string().optional(),
  /** Known gaps: what does not hold, by the way of isolating. */
  gaps: z.partialRecord(wayName, z.array(z.enum(VIOLATIONS))).default({}),
});

type Expectation = z.infer<typeof expectation>;

export interface Attack extends Expectation {
  readonly name: string;
  /** Laid over a right submission; absent where a zip is made. */
  readonly files: string | undefined;
}

export function loadAttacks(): Attack[] {
  return readdirSync(HOSTILE, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const directory = join(HOSTILE, name);
      const parsed = expectation.parse(JSON.parse(readFileSync(join(directory, 'expect.json'), 'utf8')));
      const files = join(directory, 'files');
      return { ...parsed, name, files: existsSync(files) ? files : undefined };
    });
}
