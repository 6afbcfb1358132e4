import { stat } from 'node:fs/promises';
import { SubmissionError } from '../format/errors.ts';
import type { AllowList } from './allow-list.ts';
import { allowList } from './allow-list.ts';
import type { Choice, Refusal } from './choose.ts';
import { choose } from './choose.ts';
import { kindOfZip } from './file-kinds.ts';
import { listFolder } from './folder-listing.ts';
import type { IngestLimits } from './limits.ts';
import { DEFAULT_LIMITS, sizeText } from './limits.ts';
import type { Listing } from './listing.ts';
import { isZip, openNestedZip } from './nested-zip.ts';
import { plainPath } from './path-rules.ts';
import { printable } from '../format/printable.ts';
import { listZipFile } from './zip-listing.ts';

/** A submission's files, read into memory. */
export interface IngestedSubmission {
  /** Content by path below the assignment's root, every path accepted by the allow-list. Solutions come first. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** Files left out, named one by one up to a limit; names are safe to show. */
  readonly refused: readonly Refusal[];
  /** Number of refused files in all, named or not. */
  readonly refusedCount: number;
  /** What systems and package managers left behind, such as `node_modules`, and how many files of it. */
  readonly ignored: readonly { readonly name: string; readonly count: number }[];
  /** What was understood otherwise than it stands, a sentence each without its full stop, safe to show. */
  readonly notes: readonly string[];
  readonly source: 'zip' | 'folder';
}

/** What {@link ingest} reads. */
export interface IngestOptions {
  /** A zip or a folder. Named by the operator: a link here is followed. */
  readonly path: string;
  /** Exact paths and globs with `*`, as in `visualization/*.png`. */
  readonly allow: readonly string[];
  readonly limits?: Partial<IngestLimits>;
  /** Paths of the template's own files: they come along when the whole folder is packed, and are left out unnamed. */
  readonly given?: ReadonlySet<string>;
}

/**
 * Reads the allowed files of a submission and nothing else. No file is written.
 *
 * @throws SubmissionError when there is nothing to read: no such file, no zip, damaged, empty, locked, a bomb, too
 *   large, or two solutions in one
 * @throws GraderError when the allow-list cannot be read
 */
export async function ingest(options: IngestOptions): Promise<IngestedSubmission> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const allow = allowList(options.allow);
  const { listing, source } = await open({ path: options.path, limits });
  try {
    const rules = { allow, limits, given: options.given ?? new Set<string>() };
    const { choice, heldBytes } = await chooseWithin(listing, rules);
    const { chosen, clutter } = choice;
    const refused = [...choice.refused];
    if (chosen.length === 0 && refused.length === 0) throw nothingInIt({ source, clutter });

    const files = new Map<string, Uint8Array>();
    let room = limits.maxTotalBytes - heldBytes;
    for (const { path, entry } of chosen) {
      const refuse = (why: string): void => void refused.push({ path: printable(path), why });
      if (files.size >= limits.maxFiles) {
        refuse(`more than ${limits.maxFiles} files were submitted`);
        continue;
      }
      const maxBytes = Math.min(limits.maxFileBytes, room);
      const content = await entry.read(maxBytes);
      if (content.ok) {
        files.set(path, content.bytes);
        room -= content.bytes.length;
      } else if (maxBytes < limits.maxFileBytes && content.tooLarge) {
        refuse(`the files together are larger than ${sizeText(limits.maxTotalBytes)}`);
      } else refuse(content.why);
    }
    return {
      files,
      refused: refused.slice(0, limits.maxNamedRefusals),
      refusedCount: refused.length,
      ignored: [...clutter].map(([name, count]) => ({ name, count })),
      notes: [...listing.notes, ...choice.notes],
      source,
    };
  } finally {
    await listing.close();
  }
}

/** What {@link choose} goes by. */
interface Rules {
  readonly allow: AllowList;
  readonly limits: IngestLimits;
  readonly given: ReadonlySet<string>;
}

/** The choice from a listing, or from the zip in it where it holds nothing to submit. One zip in a zip, no more. */
async function chooseWithin(
  { entries }: Listing,
  rules: Rules,
): Promise<{ choice: Choice; heldBytes: number }> {
  const outer = choose({ entries, ...rules });
  if (outer.chosen.length > 0) return { choice: outer, heldBytes: 0 };
  const nested = await openNestedZip({ entries, limits: rules.limits });
  if (!nested) {
    const kind = kindOfZip(entries.map(({ path }) => plainPath(path)));
    if (kind === undefined) return { choice: outer, heldBytes: 0 };
    throw new SubmissionError(`The uploaded file is no zip of your files: it is ${kind}. ${MAKE_ONE}`);
  }
  const { listing, bytes, entry } = nested;
  const name = printable(plainPath(entry.path));
  const inner = choose({ entries: listing.entries, ...rules });
  if (inner.chosen.length === 0 && listing.entries.some(isZip)) {
    throw new SubmissionError(`The zip inside, ${name}, holds a zip again; submit the innermost one alone.`);
  }
  const others = outer.refused.filter(({ path }) => path !== name);
  const clutter = new Map(outer.clutter);
  for (const [what, count] of inner.clutter) clutter.set(what, (clutter.get(what) ?? 0) + count);
  const notes = [`What is graded lies in another zip inside, ${name}`, ...listing.notes, ...inner.notes];
  return {
    choice: { ...inner, refused: [...others, ...inner.refused], clutter, notes },
    heldBytes: bytes,
  };
}

const MAKE_ONE = 'Make one with `npm run collect`.';

async function open(options: {
  path: string;
  limits: IngestLimits;
}): Promise<{ listing: Listing; source: 'zip' | 'folder' }> {
  const found = await stat(options.path).catch((cause: unknown) => {
    throw new SubmissionError(`There is no file or folder at ${printable(options.path)}.`, { cause });
  });
  if (found.isDirectory()) return { listing: await listFolder(options), source: 'folder' };
  if (found.isFile()) return { listing: await listZipFile(options), source: 'zip' };
  throw new SubmissionError(`${printable(options.path)} is neither a zip nor a folder.`);
}

function nothingInIt(options: {
  source: 'zip' | 'folder';
  clutter: ReadonlyMap<string, number>;
}): SubmissionError {
  const names = [...options.clutter.keys()];
  const but = names.length === 0 ? '' : ` but ${names.join(', ')}`;
  return new SubmissionError(`The ${options.source} holds no files${but}. ${MAKE_ONE}`);
}
