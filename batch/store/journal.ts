import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { sha256 } from '../../grader/format/sha256.ts';

const CHECKSUM_DIGITS = 16;

const entrySchema = z.object({
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
  /** Wall time of the last attempt, seconds. */
  seconds: z.number(),
  /** Processor time of its worker and children, seconds. */
  processorSeconds: z.number(),
  /** SHA-256 of the report that was kept. */
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

/** What has been graded, a line each, only ever added to: a kill at any moment costs at most the line being written. */
export class Journal {
  readonly #file: number;
  readonly #entries = new Map<string, JournalEntry>();

  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true });
    const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
    for (const line of before.split('\n')) {
      const entry = entryOf(line);
      if (entry) this.#entries.set(entry.id, entry);
    }
    this.#file = openSync(path, 'a');
    // A line that a kill cut off must not swallow the next one.
    if (before !== '' && !before.endsWith('\n')) writeSync(this.#file, '\n');
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
