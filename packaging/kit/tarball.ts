import { buffer } from 'node:stream/consumers';
import { TarArchive } from 'archiver';

/** The first moment that a zip can name: the same files give the same bytes, whenever they are packed. */
const MOMENT = new Date('1980-01-01T00:00:00Z');

/** Files as the bytes of a package that `npm install` takes: a compressed tar with everything below `package/`. */
export async function tarballOf(files: ReadonlyMap<string, Uint8Array>): Promise<Buffer> {
  const archive = new TarArchive({ gzip: true, gzipOptions: { level: 9 } });
  for (const [path, bytes] of files) {
    archive.append(Buffer.from(bytes), { name: `package/${path}`, date: MOMENT, mode: 0o644 });
  }
  const [tarball] = await Promise.all([buffer(archive), archive.finalize()]);
  return tarball;
}
