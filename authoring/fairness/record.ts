import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { jsonText } from '../../grader/format/json-text.ts';
import { FIXTURES } from '../../repository.ts';

const FILE = join(FIXTURES, 'fairness.json');

const measured = z.strictObject({
  on: z.string(),
  node: z.string(),
  parts: z.array(z.string()),
  /** Of their cases, checks, expected values and right solutions. */
  hash: z.string(),
  solutions: z.number().int(),
  checks: z.number().int(),
  seconds: z.number(),
  /** How many times as long as under the plain condition, the median over the solutions. */
  slower: z.number(),
  differences: z.array(
    z.strictObject({ solution: z.string(), check: z.string(), plain: z.string(), here: z.string() }),
  ),
});
/** What a condition changed, when it was tried last. */
export type FairnessOf = z.output<typeof measured>;

const record = z.record(z.string(), measured);
/** By the names of the conditions. */
export type FairnessRecord = z.output<typeof record>;

export function loadFairness(): FairnessRecord {
  return existsSync(FILE) ? record.parse(JSON.parse(readFileSync(FILE, 'utf8'))) : {};
}

export function saveFairness(all: FairnessRecord): void {
  writeFileSync(FILE, jsonText(all));
}
