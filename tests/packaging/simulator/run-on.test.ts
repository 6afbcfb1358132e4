import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readProcess } from '../../../grader/sandbox/process-table.ts';
import { openFolder } from '../../../packaging/simulator/machine.ts';
import { runOn, type Ran, type RunOnOptions } from '../../../packaging/simulator/run-on.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'introspection-machine-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const run = (script: string, change: Partial<RunOnOptions> = {}): Promise<Ran> =>
  runOn({ machine: openFolder(directory), script, seconds: 30, ...change });

/** Whether the process whose number a script printed still lives. */
const isLeft = ({ output }: Ran): boolean => (readProcess(Number(output))?.state ?? 'Z') !== 'Z';

describe('a run on a machine', () => {
  it('gives the exit code, what was printed as it came, and the place of the folders', async () => {
    const pieces: string[] = [];
    const ran = await run('echo "$AUTOGRADER_ROOT"; pwd >&2; exit 3', {
      onOutput: (text) => pieces.push(text),
    });
    const root = join(directory, 'autograder');
    expect(ran).toMatchObject({ exitCode: 3, timedOut: false, output: `${root}\n${root}\n` });
    expect(pieces.join('')).toBe(ran.output);
  });

  it('knows nothing of the host’s environment but where its registries are', async () => {
    process.env.SECRET_OF_THE_HOST = 'secret';
    process.env.npm_config_registry ??= 'https://registry.example.org/';
    try {
      const { output } = await run('env', { env: { NODE_VERSION: '20' } });
      expect(output).toContain('npm_config_registry=');
      expect(output).toContain('NODE_VERSION=20\n');
      expect(output).not.toContain('secret');
    } finally {
      delete process.env.SECRET_OF_THE_HOST;
    }
  });

  it('ends with its first process, although another one holds its output', async () => {
    const ran = await run('sleep 20 & echo $!');
    expect(ran.exitCode).toBe(0);
    expect(ran.seconds).toBeLessThan(10);
    expect(isLeft(ran)).toBe(true);
    process.kill(Number(ran.output), 'SIGKILL');
  });

  it('out of time, is ended with all that came of it', async () => {
    const ran = await run('setsid sleep 20 & echo $!; sleep 20', { seconds: 0.5 });
    expect(ran).toMatchObject({ exitCode: undefined, timedOut: true });
    expect(ran.seconds).toBeLessThan(10);
    await expect.poll(() => isLeft(ran)).toBe(false);
  });

  it('is ended by a signal without being out of time', async () => {
    const ran = await run('sleep 20', { signal: AbortSignal.timeout(300) });
    expect(ran).toMatchObject({ exitCode: undefined, timedOut: false });
  });

  it('that cannot be started is an error', async () => {
    const machine = { ...openFolder(directory), command: () => ['no-such-shell'] as const };
    await expect(run('true', { machine })).rejects.toThrow('no-such-shell cannot be started: ');
  });
});
