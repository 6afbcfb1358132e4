import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
  const root = mkdtempSync(join(tmpdir(), 'introspection-grader-'));
  chmodSync(root, 0o755);
  const close = (): void => {
    process.off('exit', close);
    rmSync(root, { recursive: true, force: true });
  };
  // A run that ends at its deadline leaves nothing behind either.
  process.on('exit', close);
  return {
    staged: join(root, 'staged'),
    pristine: join(root, 'pristine'),
    tools: join(root, 'tools'),
    child: join(root, 'child'),
    close,
  };
}
