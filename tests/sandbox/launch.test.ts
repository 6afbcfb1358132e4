import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openSandbox } from '../../grader/sandbox/launch.ts';
import { DEFAULT_LIMITS } from '../../grader/sandbox/sandbox.ts';
import { livingOf } from '../../grader/sandbox/process-table.ts';
import { finish, isRoot, openDirectory, start, WAYS } from './run-program.ts';
import { MiB } from '../../grader/format/units.ts';

const { path: cwd, remove } = openDirectory();
afterAll(remove);

function script(name: string, code: string): string {
  const path = join(cwd, `${name}.mjs`);
  writeFileSync(path, code);
  return path;
}

const hello = script(
  'hello',
  `import { readFileSync, writeSync } from 'node:fs';
   const request = readFileSync(0, 'utf8');
   console.log(JSON.stringify({ request, env: process.env, argv: process.argv.slice(2), cwd: process.cwd() }));
   console.error('to stderr');
   writeSync(3, 'to descriptor 3');
   process.exit(7);`,
);
const forever = script('forever', 'for (;;);');
const memoryHog = script(
  'memory-hog',
  'const held = []; for (;;) { held.push(Buffer.alloc(4e6, 1)); await new Promise((r) => setTimeout(r)); }',
);
const threadHog = script(
  'thread-hog',
  `import { Worker } from 'node:worker_threads';
   let running = 0;
   const start = () => new Worker('setTimeout(() => {}, 20000)', { eval: true });
   for (let i = 0; i < 60; i++) {
     try { start().on('online', () => running++).on('error', () => {}); } catch { break; }
   }
   // Until no more come: on a busy machine each takes its time.
   for (let before = -1, round = 0; round < 20 && (running !== before || running <= 4); round++) {
     before = running;
     await new Promise((resolve) => setTimeout(resolve, 700));
   }
   console.log(running);
   process.exit(0);`,
);
const selfKill = script('self-kill', `process.kill(process.pid, 'SIGSEGV'); setTimeout(() => {}, 1000);`);

describe.runIf(process.platform === 'linux')('a launched program', () => {
  for (const { name, without } of isRoot ? WAYS : WAYS.slice(0, 1)) {
    describe(`with ${name}`, () => {
      const sandbox = openSandbox({ without });

      it('gets its arguments and directory, an empty environment and four descriptors', async () => {
        const child = start(sandbox, { kind: 'node', command: [hello, 'a', '--b'], cwd });
        child.stdin.write('request');
        const { ending, stdout, stderr, answers } = await finish(child);
        expect(ending).toEqual({ how: 'exit', code: 7 });
        const seen = JSON.parse(stdout) as { env: Record<string, string> };
        // Bubblewrap sets PWD.
        delete seen.env.PWD;
        expect(seen).toEqual({ request: 'request', env: {}, argv: ['a', '--b'], cwd });
        expect([stderr, answers]).toEqual(['to stderr\n', 'to descriptor 3']);
      });

      it('tells a crash from an exit', async () => {
        const { ending } = await finish(start(sandbox, { kind: 'node', command: [selfKill], cwd }));
        expect(ending).toEqual({ how: 'signal', signal: 'SIGSEGV' });
      });

      it('is ended on demand, once, with nothing left', async () => {
        const child = start(sandbox, { kind: 'node', command: [forever], cwd });
        const [first, second] = await Promise.all([child.destroy(), child.destroy()]);
        expect(first).toEqual({ how: 'killed' });
        expect(second).toBe(first);
        expect(await child.ended).toEqual({ how: 'killed' });
        expect([child.stdin, child.stdout, child.stderr, child.answers].map((s) => s.destroyed)).toEqual([
          true,
          true,
          true,
          true,
        ]);
      });

      it('is stopped when its memory grows beyond its limit', async () => {
        const limits = { ...DEFAULT_LIMITS, residentBytes: 150 * MiB };
        const child = start(sandbox, { kind: 'node', command: [memoryHog], cwd, limits });
        const { ending } = await finish(child);
        expect(ending).toEqual({ how: 'memory' });
        expect(child.peakBytes()).toBeGreaterThan(limits.residentBytes);
      });
    });
  }

  it('that does not exist is told from one that failed', async () => {
    const { ending } = await finish(start(openSandbox(), { command: [join(cwd, 'nothing')], cwd }));
    expect(ending).toEqual({
      how: 'not-started',
      reason: expect.stringMatching(/nothing: No such file/) as string,
    });
  });

  it('cannot pretend that it was never started', async () => {
    const path = script('pretend', `console.error('launcher: user: not permitted'); process.exit(125);`);
    const { ending } = await finish(start(openSandbox(), { kind: 'node', command: [path], cwd }));
    expect(ending).toEqual({ how: 'exit', code: 125 });
  });

  it('must be named by an absolute path', () => {
    expect(() => start(openSandbox(), { command: ['node'], cwd })).toThrow(/absolute paths only/);
  });

  it('leaves with the sandbox', async () => {
    const sandbox = openSandbox();
    const child = start(sandbox, { kind: 'node', command: [forever], cwd });
    await sandbox.close();
    expect(await child.ended).toEqual({ how: 'killed' });
  });
});

describe.runIf(process.platform === 'linux')('what a program uses up', () => {
  for (const { name, without } of isRoot ? [WAYS[0], WAYS[4]] : WAYS.slice(0, 1)) {
    const sandbox = openSandbox({ without });

    it(`is at most its processor time, with ${name}`, async () => {
      const limits = { ...DEFAULT_LIMITS, cpuSeconds: 1 };
      const { ending } = await finish(start(sandbox, { kind: 'node', command: [forever], cwd, limits }));
      expect(ending).toEqual({ how: 'processor-time' });
    });

    it(`is at most its number of threads, with ${name}`, async () => {
      const child = start(sandbox, { kind: 'node', command: [threadHog], cwd, workers: true });
      const { ending, stdout } = await finish(child);
      expect(ending).toEqual({ how: 'exit', code: 0 });
      expect(Number(stdout)).toBeLessThan(DEFAULT_LIMITS.processes);
      expect(Number(stdout)).toBeGreaterThan(4);
    });
  }
});

describe.runIf(isRoot)('what is left when system calls are not filtered', () => {
  const sandbox = openSandbox({ without: ['bubblewrap', 'compiler', 'perl'] });
  const shell = (command: string): [string, ...string[]] => ['/bin/sh', '-c', command];

  it('is nothing, even of a daemon that has left its session and holds the pipes', async () => {
    const child = start(sandbox, {
      command: shell('setsid sh -c "setsid sleep 20 & sleep 20" & echo $(id -u)'),
      cwd,
    });
    let text = '';
    child.stdout.on('data', (part: Buffer) => (text += part.toString()));
    const begin = performance.now();
    expect(await child.ended).toEqual({ how: 'exit', code: 0 });
    expect(performance.now() - begin).toBeLessThan(2000);
    await child.destroy();
    const uid = Number(text);
    expect(uid).toBeGreaterThan(60_000);
    expect(livingOf(uid)).toEqual([]);
  });

  it('is nothing of a storm of forks, which its limit bounds', async () => {
    const command = shell('id -u; f() { f & f & sleep 5; }; f 2>/dev/null');
    const child = start(sandbox, { command, cwd, limits: { ...DEFAULT_LIMITS, processes: 12 } });
    const uid = await new Promise<number>((resolve) =>
      child.stdout.once('data', (part: Buffer) => resolve(Number(part.toString()))),
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    const storm = livingOf(uid).length;
    await child.destroy();
    expect(storm).toBeGreaterThan(3);
    expect(storm).toBeLessThanOrEqual(12);
    expect(livingOf(uid)).toEqual([]);
  });

  it('is no file in the places that everyone may write to, and links are not followed', async () => {
    const kept = join(cwd, 'kept');
    writeFileSync(kept, 'kept');
    const mark = `left-${process.pid}`;
    const command = shell(
      `for d in /tmp /var/tmp /dev/shm; do mkdir $d/${mark} && echo x > $d/${mark}/file && ln -s ${cwd} $d/${mark}/link; done`,
    );
    const { ending } = await finish(start(sandbox, { command, cwd }));
    expect(ending).toEqual({ how: 'exit', code: 0 });
    const { stdout } = spawnSync('/bin/sh', [
      '-c',
      `ls -d /tmp/${mark} /var/tmp/${mark} /dev/shm/${mark} ${kept}`,
    ]);
    expect(stdout.toString().trim()).toBe(kept);
  });

  it('counts the memory of several processes together', async () => {
    const half = script('half', 'const held = Buffer.alloc(100e6, 1); setTimeout(() => held, 20000);');
    const node = process.execPath;
    const limits = { ...DEFAULT_LIMITS, residentBytes: 250 * MiB };
    const child = start(sandbox, { command: shell(`${node} ${half} & ${node} ${half} & wait`), cwd, limits });
    expect((await finish(child)).ending).toEqual({ how: 'memory' });
  });
});
