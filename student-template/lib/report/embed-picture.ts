import { readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

/** A picture as text of a page, with the file that it is; or why it cannot be shown. */
export type EmbeddedPicture =
  { readonly dataUri: string; readonly path: string } | { readonly problem: string };

/** The first bytes of the kinds of pictures that every browser shows and that hold nothing but a picture. */
const kinds: readonly { readonly mediaType: string; readonly magic: RegExp }[] = [
  { mediaType: 'image/png', magic: /^\x89PNG\r\n\x1a\n/ },
  { mediaType: 'image/jpeg', magic: /^\xff\xd8\xff/ },
  { mediaType: 'image/gif', magic: /^GIF8[79]a/ },
  { mediaType: 'image/webp', magic: /^RIFF[^]{4}WEBP/ },
];
const MAX_BYTES = 20 * 1024 * 1024;

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/**
 * Reads a picture that a report names.
 *
 * @param options.address as it stands in the Markdown, relative to `from`
 * @param options.folder the picture must lie in it
 */
export function embedPicture(options: { address: string; from: string; folder: string }): EmbeddedPicture {
  const { address, from, folder } = options;
  if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(address)) {
    return { problem: 'pictures from the web are not fetched; save it in this folder' };
  }
  let path: string;
  let bytes: Buffer;
  try {
    path = realpathSync(join(from, decoded(address)));
    if (!path.startsWith(realpathSync(folder) + sep))
      return { problem: 'it lies outside of the folder of the report' };
    if (!statSync(path).isFile()) return { problem: 'it is not a file' };
    if (statSync(path).size > MAX_BYTES) return { problem: 'it is larger than 20 MB' };
    bytes = readFileSync(path);
  } catch {
    return { problem: 'there is no such file' };
  }
  const begin = bytes.subarray(0, 12).toString('latin1');
  const kind = kinds.find(({ magic }) => magic.test(begin));
  return kind
    ? { dataUri: `data:${kind.mediaType};base64,${bytes.toString('base64')}`, path }
    : { problem: 'it is not a PNG, JPEG, GIF or WebP picture' };
}
