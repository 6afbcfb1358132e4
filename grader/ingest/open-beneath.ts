import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { lstat, open } from 'node:fs/promises';
import { join } from 'node:path';

/** A path that others may have made, below a folder that only we and the operator name. */
export interface UntrustedPath {
  /** Trusted folder; links on the way to it are followed. */
  readonly root: string;
  /** Relative, with forward slashes, free of `..`. */
  readonly path: string;
}

/** An open regular file, which the caller closes, or why there is none. */
export type Opened =
  | { readonly ok: true; readonly handle: FileHandle }
  | { readonly ok: false; readonly missing: boolean; readonly why: string };

// Windows has neither flag; the check against `lstat` covers it.
const NO_FOLLOW = constants.O_NOFOLLOW ?? 0;
/** Without it, opening a pipe nobody writes to would wait forever. */
const NO_WAIT = constants.O_NONBLOCK ?? 0;
const FILE_FLAGS = constants.O_RDONLY | NO_FOLLOW | NO_WAIT;
const FOLDER_FLAGS = constants.O_RDONLY | NO_FOLLOW | (constants.O_DIRECTORY ?? 0);

/**
 * Opens a regular file for reading without following a link at any step below `root`.
 *
 * On Linux every folder is opened from the descriptor of the one before, as `openat` does, so that nothing can be
 * swapped on the way. Elsewhere each step is looked at first and the opened file compared with what was seen.
 */
export async function openBeneath(options: UntrustedPath): Promise<Opened> {
  if (options.path.split('/').some((segment) => segment === '' || segment === '.' || segment === '..')) {
    return { ok: false, missing: false, why: 'its path is not a plain relative one' };
  }
  return process.platform === 'linux' ? openByDescriptors(options) : openBySteps(options);
}

/** {@link openBeneath} where `/proc/self/fd` names open folders. */
export async function openByDescriptors({ root, path }: UntrustedPath): Promise<Opened> {
  const segments = path.split('/');
  let folder = await open(root, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    for (const segment of segments.slice(0, -1)) {
      const next = await open(`/proc/self/fd/${folder.fd}/${segment}`, FOLDER_FLAGS);
      await folder.close();
      folder = next;
    }
    const handle = await open(`/proc/self/fd/${folder.fd}/${segments[segments.length - 1]}`, FILE_FLAGS);
    return await ifRegular(handle);
  } catch (error) {
    return refusal(error);
  } finally {
    await folder.close();
  }
}

/** {@link openBeneath} everywhere else. */
export async function openBySteps({ root, path }: UntrustedPath): Promise<Opened> {
  const segments = path.split('/');
  try {
    let at = root;
    for (const segment of segments) {
      at = join(at, segment);
      if ((await lstat(at)).isSymbolicLink()) return { ok: false, missing: false, why: IS_LINK };
    }
    const seen = await lstat(at, { bigint: true });
    if (!seen.isFile()) return { ok: false, missing: false, why: NOT_REGULAR };
    const handle = await open(at, FILE_FLAGS);
    const opened = await handle.stat({ bigint: true });
    if (opened.dev === seen.dev && opened.ino === seen.ino) return await ifRegular(handle);
    await handle.close();
    return { ok: false, missing: false, why: 'it changed while it was opened' };
  } catch (error) {
    return refusal(error);
  }
}

const IS_LINK = 'it is a link, or lies behind one; only real files are taken';
const NOT_REGULAR = 'it is not a regular file';

async function ifRegular(handle: FileHandle): Promise<Opened> {
  if ((await handle.stat()).isFile()) return { ok: true, handle };
  await handle.close();
  return { ok: false, missing: false, why: NOT_REGULAR };
}

function refusal(error: unknown): Opened {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
      return { ok: false, missing: true, why: 'there is no such file' };
    case 'ELOOP':
    case 'EMLINK':
    // A link where a folder was asked for.
    case 'ENOTDIR':
      return { ok: false, missing: false, why: IS_LINK };
    case 'ENXIO':
      return { ok: false, missing: false, why: NOT_REGULAR };
    case 'EACCES':
    case 'EPERM':
      return { ok: false, missing: false, why: 'it may not be read' };
    default:
      throw error;
  }
}
