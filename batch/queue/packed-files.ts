import {
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { GraderError } from '../../grader/format/errors.ts';
import { filesBelow } from '../../grader/format/files-below.ts';
import { MiB } from '../../grader/format/units.ts';
import { NEVER_READ } from '../sources/content-hash.ts';

/** How much of one submission goes through Redis, bytes. */
export interface PackLimits {
  /** As it lies in Redis. */
  readonly packed: number;
  /** The files themselves, looked at before any is read. */
  readonly files: number;
  /** What it unpacks to: those files as base64, and their names. */
  readonly unpacked: number;
}

export const SUBMISSION_LIMITS: PackLimits = { packed: 10 * MiB, files: 64 * MiB, unpacked: 100 * MiB };
/** Pages of results are long and repeat themselves; those of a course with many pictures are large, too. */
export const RESULT_LIMITS: PackLimits = { packed: 32 * MiB, files: 128 * MiB, unpacked: 180 * MiB };
/** A zip cannot be packed any tighter, and grows a little on its way. */
const OVERHEAD = 1.05;

/** Larger than the queue takes. */
export class TooLargeToPack extends GraderError {
  /** Without the name. */
  readonly reason: string;

  constructor(name: string, bytes: number, most: number) {
    const reason = `${Math.round(bytes / MiB)} MiB are too much for the queue, which takes ${most / MiB}`;
    super(`${name}: ${reason}`);
    this.reason = reason;
  }
}

const packedSchema = z.object({
  name: z.string(),
  /** A zip as it was submitted, base64. */
  file: z.string().optional(),
  /** A folder: bytes of each file as base64, or where a link leads. */
  files: z
    .array(z.tuple([z.string(), z.object({ bytes: z.string() }).or(z.object({ link: z.string() }))]))
    .optional(),
});

function packed(value: z.infer<typeof packedSchema>, most: number): Buffer {
  const bytes = gzipSync(JSON.stringify(value));
  if (bytes.length <= OVERHEAD * most) return bytes;
  throw new TooLargeToPack(value.name, bytes.length, most);
}

const encoded = (path: string): string => readFileSync(path).toString('base64');

/** A zip or folder as bytes; what cannot be read is left out, as it would be when graded here. @throws TooLargeToPack */
export function pack(
  path: string,
  { skip = NEVER_READ, limits = SUBMISSION_LIMITS }: { skip?: readonly string[]; limits?: PackLimits } = {},
): Buffer {
  const name = basename(path);
  const whole = statSync(path);
  if (whole.isFile()) {
    if (whole.size > OVERHEAD * limits.packed) throw new TooLargeToPack(name, whole.size, limits.packed);
    return packed({ name, file: encoded(path) }, limits.packed);
  }
  type Entry = NonNullable<z.infer<typeof packedSchema>['files']>[number];
  const listed = filesBelow(path, { skip, unreadable: 'listed' });
  const sizes = listed.map((file) => lstatSync(join(path, file), { throwIfNoEntry: false })?.size ?? 0);
  const size = sizes.reduce((sum, one) => sum + one, 0);
  if (size > limits.files) throw new TooLargeToPack(name, size, limits.files);
  const files = listed.flatMap((file): Entry[] => {
    const full = join(path, file);
    try {
      const kind = lstatSync(full);
      if (kind.isSymbolicLink()) return [[file, { link: readlinkSync(full) }]];
      return kind.isFile() ? [[file, { bytes: encoded(full) }]] : [];
    } catch {
      return [];
    }
  });
  return packed({ name, files }, limits.packed);
}

/** @throws GraderError when the bytes are not what `pack` makes, or unpack to more than that could be */
export function parsePacked(
  bytes: Buffer,
  { unpacked }: PackLimits = SUBMISSION_LIMITS,
): z.infer<typeof packedSchema> {
  try {
    const text = gunzipSync(bytes, { maxOutputLength: unpacked }).toString('utf8');
    return packedSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new GraderError('what came out of the queue is no packed submission or result', { cause });
  }
}

/**
 * Lays out what was packed, below a folder, by its own name or another; returns where it lies. Nothing is written
 * through a link, whether it was packed or lay there.
 * @throws GraderError when an entry leads elsewhere, or is a link where links are refused
 */
export function unpack(
  bytes: Buffer,
  {
    folder,
    as,
    links,
    limits,
  }: { folder: string; as?: string; links: 'kept' | 'refused'; limits?: PackLimits },
): string {
  const { name, file, files = [] } = parsePacked(bytes, limits);
  const place = within(folder, as ?? name);
  if (file !== undefined) {
    mkdirSync(folder, { recursive: true });
    refuseLinks(folder, place);
    writeFileSync(place, Buffer.from(file, 'base64'));
    return place;
  }
  refuseLinks(folder, place);
  mkdirSync(place, { recursive: true });
  // Links last, so that a file is what it was, whatever the order.
  const isLink = ([, content]: (typeof files)[number]): boolean => 'link' in content;
  for (const [path, content] of [...files.filter((one) => !isLink(one)), ...files.filter(isLink)]) {
    const target = within(place, path);
    refuseLinks(folder, target);
    if ('link' in content && links === 'refused') throw new GraderError(`${path} is a link`);
    mkdirSync(dirname(target), { recursive: true });
    if ('link' in content) symlinkSync(content.link, target);
    else writeFileSync(target, Buffer.from(content.bytes, 'base64'));
  }
  return place;
}

function within(folder: string, path: string): string {
  const target = join(folder, path);
  const inside = relative(folder, target);
  if (inside === '' || inside === '..' || inside.startsWith('../'))
    throw new GraderError(`${path} leads out of its folder`);
  return target;
}

/** @throws GraderError when a path below a folder is a link, or leads through one */
function refuseLinks(folder: string, target: string): void {
  for (let at = target; at !== folder && at !== dirname(at); at = dirname(at)) {
    if (lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink()) {
      throw new GraderError(`${relative(folder, target)} leads through a link`);
    }
  }
}
