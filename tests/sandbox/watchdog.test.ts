import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { childrenOf, readProcess } from '../../grader/sandbox/process-table.ts';
import { ProcessTree } from '../../grader/sandbox/watchdog.ts';

/** A shell with a child that has a child; each says its number. */
const GENERATIONS = 'echo $$; sh -c \'echo $$; sh -c "echo \\$\\$; sleep 30; :"; :\'; :';
/** A shell whose child has left it: what starts it ends at once. */
const LEFT_ALONE = 'sh -c "sleep 30 & echo \\$!"; echo $$; sleep 30; :';

describe.runIf(process.platform === 'linux')('a tree of processes', () => {
  const started: ChildProcess[] = [];

  /** Runs a script of a shell in a group and session of its own until it has named so many processes. */
  async function run(script: string, count: number): Promise<{ root: number; named: number[] }> {
    const child = spawn('sh', ['-c', script], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
    started.push(child);
    let text = '';
    while (text.split('\n').length <= count) text += String((await once(child.stdout, 'data'))[0]);
    return { root: child.pid!, named: text.trim().split('\n').map(Number) };
  }

  afterEach(async () => {
    for (const child of started.splice(0)) {
      const exit = once(child, 'exit');
      process.kill(-child.pid!, 'SIGKILL');
      await exit;
    }
  });

  it('finds the descendants of a process by the lists of children', async () => {
    const { root, named } = await run(GENERATIONS, 3);
    expect(named[0]).toBe(root);
    expect(childrenOf(root)).toEqual([named[1]]);
    const tree = new ProcessTree(root);
    expect(tree.descend()).toBe(true);
    expect(tree.members.map(({ pid }) => pid)).toEqual(expect.arrayContaining(named));
    expect(tree.members.every(({ pid }) => pid === root || readProcess(pid)?.session === root)).toBe(true);
  });

  it('finds what has left its parent by looking at all processes', async () => {
    const { root, named } = await run(LEFT_ALONE, 2);
    const tree = new ProcessTree(root);
    tree.descend();
    expect(tree.members.map(({ pid }) => pid)).not.toContain(named[0]);
    tree.search();
    expect(tree.members.map(({ pid }) => pid)).toContain(named[0]);
  });

  it('has no children of a process that has ended', () => {
    expect(childrenOf(5_000_000)).toEqual([]);
  });
});
