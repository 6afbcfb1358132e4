import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { makeScratch, sweepScratch } from '../sandbox/scratch.ts';

/** A run's own directory, below which sandboxed users can read what is put there for them. */
export interface Workplace {
  /** The submission laid over the template. */
  readonly staged: string;
  /** The template as it was handed out. */
  readonly pristine: string;
  /** The compiler. */
  readonly tools: string;
  /** The runner and the bundles: all that a child may read. */
  readonly child: string;
  /** Removes it with all that lies in it. */
  close(): void;
}

export function openWorkplace(): Workplace {
  sweepScratch();
  const { path: root, remove: close } = makeScratch('grader');
  chmodSync(root, 0o755);
  return {
    staged: join(root, 'staged'),
    pristine: join(root, 'pristine'),
    tools: join(root, 'tools'),
    child: join(root, 'child'),
    close,
  };
}
