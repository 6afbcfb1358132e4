import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname } from 'node:path';
import { MiB } from '../../grader/format/units.ts';
import { COURSE, requireInput } from '../../packaging/builder/contents.ts';
import { zipOf } from '../../packaging/builder/write-zip.ts';
import { kitContents } from '../../packaging/kit/kit-contents.ts';

const mebibytes = (bytes: number): string => `${(bytes / MiB).toFixed(1)} MiB`;

/** Writes the kit, all of it in a folder called as the zip is, and says what it weighs. */
export async function release({ out, measure }: { out: string; measure: boolean }): Promise<void> {
  requireInput(COURSE);
  const { version, files } = await kitContents(COURSE);
  const folder = basename(out, extname(out));
  const zip = await zipOf(new Map([...files].map(([path, bytes]) => [`${folder}/${path}`, bytes])));
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, zip);
  console.log(`${out}: version ${version}, ${files.size} files, ${mebibytes(zip.length)}`);
  if (!measure) return;
  const { measureInstall } = await import('./measure-install.ts');
  for (const line of await measureInstall(files)) console.log(line);
}
