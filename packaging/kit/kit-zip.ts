import { basename, extname } from 'node:path';
import { zipOf } from '../builder/write-zip.ts';

/**
 * A kit as the bytes of a zip that unpacks to one folder, called as the zip is.
 * @param path where the zip will lie
 */
export async function kitZip(path: string, files: ReadonlyMap<string, Uint8Array>): Promise<Buffer> {
  const folder = basename(path, extname(path));
  return zipOf(new Map([...files].map(([name, bytes]) => [`${folder}/${name}`, bytes])));
}
