/** What esbuild reads as code. */
const CODE = /\.(?:[cm]?[jt]sx?|css)$/i;
const COMMENT = /([#@][ \t]+sourceMappingURL)=/g;

/**
 * A submission's files as they are compiled: comments that name a source map name none any more. The compiler would
 * open the file they name, whichever it is, and print its first line where it is no source map. No byte is taken out
 * or put in, so lines and columns stay; strings are not told from comments, so no text that one reader takes for a
 * string and another for a comment gets through.
 */
export function withoutSourceMaps(files: ReadonlyMap<string, Uint8Array>): Map<string, Uint8Array> {
  return new Map(
    Array.from(files, ([path, bytes]) => [path, CODE.test(path) ? withoutSourceMap(bytes) : bytes]),
  );
}

function withoutSourceMap(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const changed = text.replaceAll(COMMENT, '$1 ');
  return changed === text ? bytes : Buffer.from(changed, 'latin1');
}
