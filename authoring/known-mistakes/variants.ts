import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { GraderError } from '../../grader/format/errors.ts';
import { readJson } from '../../grader/format/read-json.ts';
import { FIXTURES } from '../../repository.ts';
import { overlayOf } from '../judging/bench.ts';
import type { Overlay } from '../judging/overlaid.ts';

const file = z.array(
  z.strictObject({
    /** A folder of `should-fail/<part>/`. */
    mistake: z.string(),
    /** A folder of `should-pass/<part>/`: a right solution written another way, in which the mistake is made. */
    style: z.string(),
    /** Texts of it, and what takes their place, wherever they stand. */
    changes: z.array(z.tuple([z.string().min(1), z.string()])).min(1),
  }),
);

const FOLDER = join(FIXTURES, 'known-mistakes', 'variants');
const SUBMISSIONS = join(FIXTURES, 'submissions');

/**
 * Known mistakes of a part made once more in solutions that are written another way, by mistake: by these it is tried
 * whether a mistake is known again when somebody else makes it.
 * @throws GraderError where a text to change is not there, or a mistake is made twice
 */
export function variantsOf(part: string, folder = FOLDER): ReadonlyMap<string, Overlay> {
  const path = join(folder, `${part}.json`);
  if (!existsSync(path)) return new Map();
  const variants = new Map<string, Overlay>();
  for (const { mistake, style, changes } of readJson(path, file, 'see docs/instructors.md')) {
    const where = `${path}: ${mistake}`;
    if (variants.has(mistake)) throw new GraderError(`${where}: there are two variants of it; one must go`);
    variants.set(
      mistake,
      changedOverlay(where, overlayOf(join(SUBMISSIONS, 'should-pass', part, style)), changes),
    );
  }
  return variants;
}

/** Some files with texts of theirs changed. @throws GraderError where one is not there */
export function changedOverlay(
  where: string,
  overlay: Overlay,
  changes: readonly (readonly [string, string])[],
): Overlay {
  const texts = new Map(
    [...overlay].map(([path, content]) => [
      path,
      Buffer.from(content).toString('utf8').replaceAll('\r\n', '\n'),
    ]),
  );
  for (const [from, to] of changes) {
    const places = [...texts].filter(([, text]) => text.includes(from));
    if (places.length === 0) throw new GraderError(`${where}: the solution has no ${from}`);
    for (const [path, text] of places)
      texts.set(
        path,
        text.replaceAll(from, () => to),
      );
  }
  return texts;
}
