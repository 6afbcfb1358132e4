import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { MiB } from '../../grader/format/units.ts';
import { requireInput } from '../../packaging/builder/contents.ts';
import { kitContents } from '../../packaging/kit/kit-contents.ts';
import { kitZip } from '../../packaging/kit/kit-zip.ts';
import { courseAt } from '../options/course.ts';

const mebibytes = (bytes: number): string => `${(bytes / MiB).toFixed(1)} MiB`;

/** Writes the kit and says what it weighs. */
export async function release(options: {
  readonly course?: string;
  readonly out: string;
  readonly measure: boolean;
}): Promise<void> {
  const { out, measure } = options;
  const course = await courseAt(options.course);
  requireInput(course);
  const { version, files } = await kitContents(course);
  const zip = await kitZip(out, files);
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, zip);
  console.log(`${out}: version ${version}, ${files.size} files, ${mebibytes(zip.length)}`);
  if (!measure) return;
  const { measureInstall } = await import('./measure-install.ts');
  for (const line of await measureInstall(files)) console.log(line);
}
