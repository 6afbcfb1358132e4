import { buffer } from 'node:stream/consumers';
import { ZipArchive } from 'archiver';
import type { PackageFiles } from './contents.ts';

/** The first moment that a zip can name: the same files give the same bytes, whenever they are packed. */
const MOMENT = new Date('1980-01-01T00:00:00Z');
const EXECUTABLE = new Set(['setup.sh', 'run_autograder']);

/** Files as the bytes of a zip. */
export async function zipOf(files: PackageFiles): Promise<Buffer> {
  const archive = new ZipArchive({ zlib: { level: 9 } });
  for (const [name, bytes] of files) {
    archive.append(Buffer.from(bytes), { name, date: MOMENT, mode: EXECUTABLE.has(name) ? 0o755 : 0o644 });
  }
  const [zip] = await Promise.all([buffer(archive), archive.finalize()]);
  return zip;
}
