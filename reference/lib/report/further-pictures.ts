import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

const DRAWN = 'visualization';

/**
 * The pictures that were drawn but that a report does not name: those of a bonus, of a part that was added later, of
 * one's own experiments.
 *
 * @param options.folder the student's folder
 * @param options.named real paths of the pictures that the report shows
 * @returns paths relative to the folder, with `/`, in the order of their names
 */
export function furtherPictures(options: { folder: string; named: ReadonlySet<string> }): string[] {
  const drawn = join(options.folder, DRAWN);
  if (!existsSync(drawn)) return [];
  return readdirSync(drawn, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:png|jpe?g)$/i.test(entry.name))
    .filter((entry) => !options.named.has(realpathSync(join(drawn, entry.name))))
    .map((entry) => `${DRAWN}/${entry.name}`)
    .sort();
}
