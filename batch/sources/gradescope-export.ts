import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import { UsageError } from '../../grader/format/errors.ts';
import type { Person } from './submitted.ts';

/** What Gradescope's “Download Submissions” puts beside the folders. */
export const METADATA = 'submission_metadata.yml';

const text = z.string().catch('');

/** Keys are Ruby symbols; whatever else an entry holds is not ours to read. */
const metadataSchema = z.record(
  z.string(),
  z.object({
    ':submitters': z.array(z.object({ ':name': text, ':sid': text, ':email': text }).partial()).catch([]),
    ':created_at': z.string().optional().catch(undefined),
  }),
);

export interface ExportedEntry {
  readonly people: readonly Person[];
  readonly at?: string;
}

function timeOf(value: string | undefined): { at?: string } {
  const date = value === undefined ? undefined : new Date(value);
  return date && Number.isFinite(date.getTime()) ? { at: date.toISOString() } : {};
}

/** Undefined where a few lines stand for more than there is memory. */
function valuesOf(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 1000 });
  } catch {
    return undefined;
  }
}

/**
 * What Gradescope says of the submissions in an exported folder, by the folder of each; undefined where the folder is
 * no export.
 * @throws UsageError when its metadata cannot be read
 */
export function readGradescopeExport(folder: string): ReadonlyMap<string, ExportedEntry> | undefined {
  const path = join(folder, METADATA);
  if (!existsSync(path)) return undefined;
  // As texts alone, so that no number of a school loses its zeros. Ruby's tags are of no interest.
  const document = parseDocument(readFileSync(path, 'utf8'), { schema: 'failsafe', logLevel: 'silent' });
  const refuse = (why: string): never => {
    throw new UsageError(
      `${path} is not what Gradescope exports: ${why}; export again, or take it out of the folder to grade without names`,
    );
  };
  const [error] = document.errors;
  if (error) refuse(error.message.split('\n')[0].replace(/:$/, ''));
  const values = valuesOf(document);
  if (values === undefined) refuse('it refers to itself again and again');
  const parsed = metadataSchema.safeParse(values);
  if (!parsed.success) return refuse('it does not list submissions and their submitters');
  return new Map(
    Object.entries(parsed.data).map(([name, entry]) => [
      name,
      {
        people: entry[':submitters'].map((one) => ({
          name: one[':name'] ?? '',
          sid: one[':sid'] ?? '',
          email: one[':email'] ?? '',
        })),
        ...timeOf(entry[':created_at']),
      },
    ]),
  );
}
