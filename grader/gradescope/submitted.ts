import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What is to be graded of Gradescope's submission folder: the folder, or the zip in it when that is all there is, as
 * when a zip was packed into a zip.
 */
export function submittedPath(directory: string): string {
  const entries = readdirSync(directory, { withFileTypes: true }).filter(({ name }) => name !== '__MACOSX');
  const [only] = entries;
  const isZip = entries.length === 1 && only.isFile() && only.name.toLowerCase().endsWith('.zip');
  return isZip ? join(directory, only.name) : directory;
}
