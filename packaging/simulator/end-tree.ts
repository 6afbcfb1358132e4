import { ProcessTree } from '../../grader/sandbox/watchdog.ts';

/** Ends a process and all that came of it, at once, wherever it has moved. */
export function endTree(pid: number): void {
  const tree = new ProcessTree(pid);
  tree.search();
  for (const member of tree.living()) {
    try {
      process.kill(member.pid, 'SIGKILL');
    } catch {
      // It has ended.
    }
  }
}
