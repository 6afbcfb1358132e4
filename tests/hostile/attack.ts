import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson } from '../../grader/format/read-json.ts';
import { FIXTURES } from '../../repository.ts';
import { MADE_FILES } from './made-files.ts';
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
  'grader-memory',
  'crash',
] as const;
export type Violation = (typeof VIOLATIONS)[number];

const wayName = z.enum(WAY_NAMES);

/** Where most attacks lie, and a part that they must leave alone. */
const USUAL_PARTS = { attacked: ['content-loss'], others: ['tv-loss'] };

/** `expect.json` of an attack. */
export const expectation = z.strictObject({
  number: z.number().int().positive(),
  title: z.string(),
  /** The parts that are graded: those that the attack lies in, and others, which must lose nothing. */
  parts: z
    .strictObject({ attacked: z.array(z.string()).min(1), others: z.array(z.string()).min(1) })
    .default(USUAL_PARTS),
  /** Points of the attacked parts that an honest grader may give at most. */
  most: z.number(),
  /** Points that it must give, for controls. */
  least: z.number().default(0),
  /** `strongest`: what it tries has nothing to do with the operating system, so one way of isolating is enough. */
  ways: z.enum(['all', 'strongest']),
  /** Also tried where a graphics device computes, by a driver in software. */
  graphics: z.boolean().default(false),
  /** Also run the type check. */
  types: z.boolean().default(false),
  timeFactor: z.number().positive().default(1),
  /** Also end the run then, seconds. */
  deadline: z.number().positive().optional(),
  /** What no student-visible text may contain, besides the canary. */
  absent: z.array(z.string()).default([]),
  /** What no text of a private check may contain. */
  privateAbsent: z.array(z.string()).default([]),
  /** Made by the tests, since no zip program makes such zips. */
  zip: z.enum(['symlink', 'slip', 'bomb', 'case-clash', 'odd-names', 'link-directory']).optional(),
  /** Files made by the tests, since they are large or no text. */
  made: z.enum(MADE_FILES).optional(),
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
      const parsed = readJson(join(directory, 'expect.json'), expectation, 'see docs/assignment-format.md');
      const files = join(directory, 'files');
      return { ...parsed, name, files: existsSync(files) ? files : undefined };
    });
}
