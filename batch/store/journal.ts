import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { sha256 } from '../../grader/format/sha256.ts';

const CHECKSUM_DIGITS = 16;
const NEWLINE = 0x0a;

export const entrySchema = z.object({
  id: z.string(),
  /** Of what was submitted, the assignment, the grader and the settings that decide a verdict. */
  key: z.string(),
  /** `graded`; `refused`: nothing that can be graded; `failed`: through us, twice. */
  state: z.enum(['graded', 'refused', 'failed']),
  score: z.number(),
  points: z.number(),
  /** Checks that could not be judged. */
  errored: z.number(),
  attempts: z.number(),
  /** How often it was graded to see whether checks end the same way. */
  runs: z.number().default(1),
  /** Checks that did not, as `part/check`. */
  flaky: z.array(z.string()).default([]),
  /** Wall time of the last attempt, seconds. */
  seconds: z.number(),
  /** Processor time of its worker and children, seconds. */
  processorSeconds: z.number(),
  /** SHA-256 over the results that were kept; empty where there are none. */
  report: z.string(),
  /** What went wrong on our side. */
  troubles: z.array(z.string()),
});

/** How a submission ended. */
export type JournalEntry = z.infer<typeof entrySchema>;

function lineOf(entry: JournalEntry): string {
  const json = JSON.stringify(entry);
  return `${sha256(Buffer.from(json)).slice(0, CHECKSUM_DIGITS)} ${json}\n`;
}

function entryOf(line: string): JournalEntry | undefined {
  const json = line.slice(CHECKSUM_DIGITS + 1);
  if (line.slice(0, CHECKSUM_DIGITS) !== sha256(Buffer.from(json)).slice(0, CHECKSUM_DIGITS))
    return undefined;
  const parsed = entrySchema.safeParse(JSON.parse(json));
  return parsed.success ? parsed.data : undefined;
}

/** The last entry of each submission, by id; whatever is cut off or damaged is passed over. */
export function readJournal(path: string): Map<string, JournalEntry> {
  const entries = new Map<string, JournalEntry>();
  if (!existsSync(path)) return entries;
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const entry = entryOf(line);
    if (entry) entries.set(entry.id, entry);
  }
  return entries;
}

/** What has been graded, a line each, only ever added to: a kill at any moment costs at most the line being written. */
export class Journal {
  readonly #file: number;
  readonly #entries: Map<string, JournalEntry>;

  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true });
    this.#entries = readJournal(path);
    const before = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
    this.#file = openSync(path, 'a');
    // A line that a kill cut off must not swallow the next one.
    if (before.length > 0 && before.at(-1) !== NEWLINE) writeSync(this.#file, '\n');
  }

  /** The last entry of each submission, by id. */
  get entries(): ReadonlyMap<string, JournalEntry> {
    return this.#entries;
  }

  /** Returns once the entry is on the disk. */
  add(entry: JournalEntry): void {
    writeSync(this.#file, lineOf(entry));
    fsyncSync(this.#file);
    this.#entries.set(entry.id, entry);
  }

  close(): void {
    closeSync(this.#file);
  }
}
