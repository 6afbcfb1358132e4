import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import yauzl from 'yauzl';

const open = promisify<Buffer, yauzl.Options, yauzl.ZipFile>(yauzl.fromBuffer);
const TYPE_MASK = 0o170000;
const SYMLINK = 0o120000;

/**
 * Unpacks a zip as Gradescope does with an upload: files and folders, executable where the zip says so, links left
 * out.
 * @throws Error when the zip is damaged or an entry would leave the folder
 */
export async function unzip(bytes: Buffer, directory: string): Promise<void> {
  const zip = await open(bytes, { lazyEntries: true });
  const openStream = promisify(zip.openReadStream.bind(zip)) as (
    entry: yauzl.Entry,
  ) => Promise<NodeJS.ReadableStream>;
  await new Promise<void>((resolve, reject) => {
    const unpack = async (entry: yauzl.Entry): Promise<void> => {
      const mode = entry.externalFileAttributes >>> 16;
      const path = join(directory, entry.fileName);
      if (entry.fileName.endsWith('/')) mkdirSync(path, { recursive: true });
      else if ((mode & TYPE_MASK) !== SYMLINK) {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, await buffer(await openStream(entry)));
        chmodSync(path, mode & 0o111 ? 0o755 : 0o644);
      }
      zip.readEntry();
    };
    zip.on('entry', (entry: yauzl.Entry) => void unpack(entry).catch(reject));
    zip.on('end', resolve);
    zip.on('error', reject);
    zip.readEntry();
  });
}
