import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../grader/format/errors.ts';
import { sha256OfFiles } from '../../grader/format/sha256.ts';
import { writeAtomically } from '../../grader/format/write-atomically.ts';

/** What is kept of a submission that was graded: for Gradescope, for programs, and to read. */
const RESULTS = ['results.json', 'report.json', 'report.html'];

/** What a batch graded, and by what; the first that it writes. */
export const RECORD = 'batch.json';

/** Whether a folder holds what a batch has written. */
export const isBatch = (folder: string): boolean => existsSync(join(folder, RECORD));

/** Where the results of a batch lie; all paths are absolute. */
export class BatchFolder {
  readonly root: string;
  readonly journal: string;

  constructor(root: string) {
    this.root = root;
    this.journal = join(root, 'journal.jsonl');
  }

  get submissions(): string {
    return join(this.root, 'submissions');
  }

  /** The folder of one submission's results. */
  of(id: string): string {
    return join(this.submissions, id);
  }

  reportOf(id: string): string {
    return join(this.of(id), 'report.json');
  }

  /** SHA-256 over the results that are kept of a submission; undefined where one of them is missing. */
  hashOfResults(id: string): string | undefined {
    const paths = RESULTS.map((name) => join(this.of(id), name));
    if (!paths.every((path) => existsSync(path))) return undefined;
    return sha256OfFiles(new Map(RESULTS.map((name, i) => [name, readFileSync(paths[i])])));
  }

  /** What tells this batch from all others, on whatever machine it goes on; made the first time it is asked for. */
  get id(): string {
    const path = join(this.root, 'batch.id');
    if (!existsSync(path)) writeAtomically(path, randomUUID());
    return readFileSync(path, 'utf8');
  }

  /**
   * Keeps a second batch from writing to the same folder; returns how to give it free. What a killed one left is
   * taken over.
   * @throws UsageError when another batch works on it, or it cannot be written to
   */
  lock(): () => void {
    const path = join(this.root, 'batch.lock');
    for (;;) {
      try {
        mkdirSync(this.root, { recursive: true });
        writeFileSync(path, String(process.pid), { flag: 'wx' });
        return () => rmSync(path, { force: true });
      } catch (error) {
        const { code, path: at } = error as NodeJS.ErrnoException;
        if (code !== 'EEXIST' || at !== path) {
          throw new UsageError(
            `${this.root} cannot be written to (${code}): name another folder with --out`,
            {
              cause: error,
            },
          );
        }
      }
      const owner = ownerOf(path);
      if (owner !== undefined && isAlive(owner)) {
        throw new UsageError(
          `process ${owner} works on ${this.root}: wait for it, or name another folder with --out`,
        );
      }
      rmSync(path, { force: true });
    }
  }
}

function ownerOf(path: string): number | undefined {
  try {
    const pid = Number(readFileSync(path, 'utf8'));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
