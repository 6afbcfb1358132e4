import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AssignmentDefinition } from '../../grader/assignment/define.ts';
import { ownParts } from '../../authoring/course/given-data.ts';
import { saveScaled } from '../pictures/handout-pictures.ts';

/** What stands for a picture that is put together by hand in the embedded course. */
const INSTEAD: Readonly<Record<string, string>> = {
  'style-transfer.png': 'style_transfer_starry_night.png',
};

/**
 * Scales what was drawn for the handouts of the parts on a course's own network.
 * @returns the files by template path
 */
export async function saveHandoutPictures(
  assignment: AssignmentDefinition,
  { drawn, to }: { readonly drawn: string; readonly to: string },
): Promise<Record<string, string>> {
  const saved: Record<string, string> = {};
  for (const path of ownParts(assignment).flatMap(({ files }) => Object.keys(files))) {
    const name = /^handouts\/(.+\.png)$/.exec(path)?.[1];
    if (name === undefined) continue;
    const file = join(drawn, INSTEAD[name] ?? name);
    if (!existsSync(file)) throw new Error(`the handout picture ${name} was not drawn`);
    saved[path] = join(to, name);
    await saveScaled(file, saved[path]);
  }
  return saved;
}
