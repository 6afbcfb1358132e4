import { SubmissionError } from '../format/errors.ts';
import { printable } from '../format/printable.ts';
import { memorySource } from './byte-source.ts';
import { clutterName } from './clutter.ts';
import type { IngestLimits } from './limits.ts';
import type { ListedEntry, Listing } from './listing.ts';
import { plainPath } from './path-rules.ts';
import { listZip } from './zip-listing.ts';

/** A zip that lay in a submission. */
interface NestedZip {
  readonly entry: ListedEntry;
  readonly listing: Listing;
  /** Its size, all of it in memory. */
  readonly bytes: number;
}

/**
 * Opens the one zip in a submission that holds no file to submit: students zip what `collect` has made, and hosts
 * unpack only the outer one. It is read into memory as any other file, under the cap of one file, and its entries
 * count with those around it. Undefined where there is none.
 *
 * @throws SubmissionError when there are several, or the one cannot be read
 */
export async function openNestedZip(options: {
  entries: readonly ListedEntry[];
  limits: IngestLimits;
}): Promise<NestedZip | undefined> {
  const { entries, limits } = options;
  const zips = entries.filter(isZip);
  if (zips.length === 0) return undefined;
  const names = zips.slice(0, 3).map(({ path }) => printable(path, 60));
  if (zips.length > 1) {
    throw new SubmissionError(`There are several zips inside (${names.join(', ')}); submit one of them.`);
  }
  const [entry] = zips;
  const content = await entry.read(limits.maxFileBytes);
  if (!content.ok) {
    throw new SubmissionError(
      `There is another zip inside, ${names[0]}, and it cannot be opened: ${content.why}. ` +
        'Submit the zip that `npm run collect` makes.',
    );
  }
  const listing = await listZip({
    source: memorySource(content.bytes),
    named: `The zip inside, ${names[0]},`,
    limits: { ...limits, maxEntries: limits.maxEntries - entries.length },
  });
  return { entry, listing, bytes: content.bytes.length };
}

/** By its name; a link or a piece of clutter is none. */
export function isZip({ path, problem }: ListedEntry): boolean {
  return problem === undefined && /\.zip$/i.test(path) && clutterName(plainPath(path)) === undefined;
}
