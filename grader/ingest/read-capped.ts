import type { FileHandle } from 'node:fs/promises';
import type { FileContent } from './listing.ts';
import { tooLarge } from './listing.ts';
import type { UntrustedPath } from './open-beneath.ts';
import { openBeneath } from './open-beneath.ts';

const CHUNK_BYTES = 64 * 1024;

/** Reads a regular file below a trusted folder, following no link, up to `maxBytes`. */
export async function readBeneath(
  options: UntrustedPath & { readonly maxBytes: number },
): Promise<FileContent> {
  const opened = await openBeneath(options);
  if (!opened.ok) return { ok: false, tooLarge: false, why: opened.why };
  try {
    return await readCapped({ handle: opened.handle, maxBytes: options.maxBytes });
  } finally {
    await opened.handle.close();
  }
}

/** Reads an open file to its end, but never more than a chunk beyond `maxBytes`, whatever size it claims. */
async function readCapped({
  handle,
  maxBytes,
}: {
  handle: FileHandle;
  maxBytes: number;
}): Promise<FileContent> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    const chunk = new Uint8Array(CHUNK_BYTES);
    const { bytesRead } = await handle.read(chunk, 0, CHUNK_BYTES, total);
    if (bytesRead === 0) return { ok: true, bytes: joined({ chunks, total }) };
    total += bytesRead;
    if (total > maxBytes) return tooLarge(maxBytes);
    chunks.push(chunk.subarray(0, bytesRead));
  }
}

/** The chunks in one array of its own. */
function joined({ chunks, total }: { chunks: readonly Uint8Array[]; total: number }): Uint8Array {
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
