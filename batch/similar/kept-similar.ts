import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { sha256 } from '../../grader/format/sha256.ts';
import { writeAtomically } from '../../grader/format/write-atomically.ts';
import type { HashOf } from '../sources/content-hash.ts';
import type { Submitted } from '../sources/submitted.ts';
import type { BatchFolder } from '../store/batch-folder.ts';
import { versionInputs } from '../store/grading-key.ts';
import type { GradingSettings } from '../workers/messages.ts';
import type { Similar } from './find-similar.ts';
import type { OnRead } from './read-sources.ts';

const lines = z.object({ first: z.number(), lines: z.array(z.string()) });

const keptSchema = z.object({
  /** Of all that it depends on. */
  key: z.string(),
  similar: z.object({
    pairs: z.array(
      z.object({
        left: z.string(),
        right: z.string(),
        share: z.number(),
        places: z.array(z.object({ path: z.string(), left: lines, right: lines })).optional(),
      }),
    ),
    groups: z.array(z.array(z.string())),
    compared: z.number(),
    leftOut: z.array(z.object({ what: z.string(), why: z.string() })),
  }),
});

/** Who was found to be like whom: `outdated` where something that it depends on has changed since. */
export type SimilarBefore = Similar | 'outdated' | undefined;

const pathOf = (folder: BatchFolder): string => join(folder.root, 'similar.json');

export const hasSimilar = (folder: BatchFolder): boolean => existsSync(pathOf(folder));

/** The same for the same submissions, assignment, template and grader. */
export async function keyOfSimilar(
  submissions: readonly Submitted[],
  settings: Pick<GradingSettings, 'assignment' | 'template'>,
  { hashOf, onRead }: { readonly hashOf: HashOf; readonly onRead: OnRead },
): Promise<string> {
  const { assignment, grader } = versionInputs(settings);
  const contents: [string, string][] = [];
  for (const { id, path } of submissions) {
    onRead(contents.length, submissions.length);
    contents.push([id, await hashOf(path)]);
  }
  onRead(submissions.length, submissions.length);
  return sha256(Buffer.from(JSON.stringify([assignment, grader, contents])));
}

export function keepSimilar(folder: BatchFolder, key: string, similar: Similar): void {
  writeAtomically(pathOf(folder), `${JSON.stringify({ key, similar })}\n`);
}

/** What an earlier run has found out; undefined where none did. What is damaged has to be found out again, too. */
export function similarBefore(folder: BatchFolder, key: string): SimilarBefore {
  if (!hasSimilar(folder)) return undefined;
  const kept = keptSchema.safeParse(parsed(readFileSync(pathOf(folder), 'utf8')));
  return kept.success && kept.data.key === key ? kept.data.similar : 'outdated';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
