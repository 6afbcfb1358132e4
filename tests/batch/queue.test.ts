import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa, type ResultPromise } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALL_WORKERS, workerKey } from '../../batch/queue/job.ts';
import { pack, unpack } from '../../batch/queue/packed-files.ts';
import { openRedis } from '../../batch/queue/redis.ts';
import { withinShared } from '../../batch/queue/shared-folder.ts';
import { lookForWorkers } from '../../batch/queue/workers-there.ts';
import { readJournal } from '../../batch/store/journal.ts';
import { EXAMPLE, ROOT, TEMPLATE } from '../../repository.ts';
import { PROGRAM } from '../scripts/program.ts';

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
const PATIENCE_MS = 400_000;

const running: ResultPromise[] = [];
let home: string;
let source: string;
let port: number;
let server: ResultPromise | undefined;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: free } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return free;
}

function start(command: string, ...args: string[]): ResultPromise {
  const one = execa(command, args, { cwd: ROOT, reject: false, all: true, forceKillAfterDelay: 20_000 });
  running.push(one);
  return one;
}

const redis = (): ResultPromise =>
  start('redis-server', '--port', String(port), '--bind', '127.0.0.1', '--dir', home);
const program = (...args: string[]): ResultPromise => start('node', ...PROGRAM, ...args);
const address = (): string => `redis://127.0.0.1:${port}`;
const worker = (...more: string[]): ResultPromise =>
  program('worker', '--queue', address(), '--jobs', '1', ...more);
const batch = (out: string, ...more: string[]): ResultPromise =>
  program('batch', source, '--out', out, '--part', 'concept-quiz', '--quiet', '--json', ...more);

const linesOf = (out: string): string[] =>
  existsSync(join(out, 'journal.jsonl'))
    ? readFileSync(join(out, 'journal.jsonl'), 'utf8').split('\n').filter(Boolean)
    : [];

async function untilLines(out: string, count: number): Promise<void> {
  while (linesOf(out).length < count) await sleep(50);
}

/** The outputs without what is a time, and without how often it took. */
const timeless = (out: string): string =>
  readFileSync(join(out, 'results.jsonl'), 'utf8').replaceAll(
    /"(?:seconds|processorSeconds|attempts)":[\d.]+/g,
    '',
  );

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'introspection-queue-'));
  source = join(home, 'class');
  mkdirSync(source);
  for (const name of ['ana', 'ben', 'cleo', 'eva', 'fay']) cpSync(EXAMPLE, join(source, `${name}.zip`));
  mkdirSync(join(source, 'gus'));
  cpSync(join(TEMPLATE, 'quiz.md'), join(source, 'gus', 'quiz.md'));
  writeFileSync(join(source, 'dan.zip'), 'not a zip');
  port = await freePort();
  if (hasRedis) server = redis();
});
afterAll(async () => {
  for (const one of running) one.kill('SIGTERM');
  await Promise.all(running);
  rmSync(home, { recursive: true, force: true });
});

describe.runIf(hasRedis)('a class graded by workers of a queue', { timeout: PATIENCE_MS }, () => {
  const queued = () => join(home, 'queued');

  it('loses nothing and records nothing twice, though a worker is killed and Redis restarted', async () => {
    const [first, second] = [worker(), worker('--quiet')];
    const grading = batch(queued(), '--queue', address());
    await untilLines(queued(), 1);
    first.kill('SIGKILL');
    await untilLines(queued(), 2);
    server?.kill('SIGTERM');
    await server;
    server = redis();
    const { exitCode, stdout } = await grading;
    expect(exitCode).toBe(0);
    expect(JSON.parse(String(stdout))).toMatchObject({ submissions: 7, graded: 7, refused: 1, ours: 0 });
    expect(linesOf(queued())).toHaveLength(7);
    second.kill('SIGTERM');
    const { exitCode: code, all } = await second;
    expect(code).toBe(0);
    expect(String(all)).not.toContain(' points in ');
  });

  it('comes to what this machine comes to, and has it all in its folder', async () => {
    const local = join(home, 'local');
    await batch(local, '--jobs', '1');
    expect(timeless(queued())).toBe(timeless(local));
    for (const [id, { report }] of readJournal(join(queued(), 'journal.jsonl'))) {
      expect(report, id).not.toBe('');
      expect(existsSync(join(queued(), 'submissions', id, 'report.html')), id).toBe(true);
    }
    expect(JSON.parse(String((await batch(queued(), '--queue', address())).stdout))).toMatchObject({
      kept: 7,
    });
  });

  it('killed, the batch goes on with what lies in the queue; results in a shared folder stay there', async () => {
    const out = join(home, 'killed');
    const args = ['--queue', address(), '--shared', '--only', '{ana,ben,gus}'];
    const killed = batch(out, ...args);
    while (!existsSync(join(out, 'batch.json'))) await sleep(20);
    await sleep(2000);
    killed.kill('SIGKILL');
    await killed;
    const other = worker('--shared', home);
    const { stdout } = await batch(out, ...args);
    expect(JSON.parse(String(stdout))).toMatchObject({ submissions: 3, graded: 3, ours: 0 });
    expect(linesOf(out)).toHaveLength(3);
    expect(readJournal(join(out, 'journal.jsonl')).get('gus')?.score).toBe(0);
    other.kill('SIGTERM');
    const { exitCode, all } = await other;
    expect(exitCode).toBe(0);
    for (const line of [/^ana: 4 of 4 points in [\d.]+ s$/m, /^gus: 0 of 4 points in [\d.]+ s$/m])
      expect(String(all)).toMatch(line);
  });
});

describe.runIf(hasRedis)('who could grade', { timeout: 60_000 }, () => {
  it('is looked for, and a worker of another version named', async () => {
    const notes: string[] = [];
    const room = await openRedis(address(), (line) => notes.push(line));
    const before = await room.redis.keys(ALL_WORKERS);
    if (before.length > 0) await room.redis.del(before);
    const note = async (): Promise<string | undefined> => {
      notes.length = 0;
      const isSomebody = await lookForWorkers(room.redis, 'abc', (line) => notes.push(line));
      expect(isSomebody).toBe(notes.length === 0);
      return notes[0];
    };
    expect(await note()).toContain('no worker is connected');
    const worker = { version: 'def', host: 'lab-3', jobs: 2 };
    await room.redis.set(workerKey('lab-3-1'), JSON.stringify(worker));
    expect(await note()).toContain(
      '1 worker connected, none with this grader and assignment, version abc: lab-3 has def',
    );
    await room.redis.set(workerKey('lab-4-1'), JSON.stringify({ ...worker, version: 'abc' }));
    expect(await note()).toBeUndefined();
    room.close();
  });
});

describe('what goes through Redis', () => {
  it('comes out as it went in: files, links that nobody followed, nothing that was installed', () => {
    const folder = join(home, 'packed', 'zoe');
    mkdirSync(join(folder, 'a', 'node_modules'), { recursive: true });
    writeFileSync(join(folder, 'a', 'b.ts'), 'x');
    writeFileSync(join(folder, 'a', 'node_modules', 'c.js'), 'x');
    symlinkSync('/etc/passwd', join(folder, 'link'));
    const place = unpack(pack(folder), { folder: join(home, 'unpacked'), links: 'kept' });
    expect(place).toBe(join(home, 'unpacked', 'zoe'));
    expect(readFileSync(join(place, 'a', 'b.ts'), 'utf8')).toBe('x');
    expect(readlinkSync(join(place, 'link'))).toBe('/etc/passwd');
    expect(existsSync(join(place, 'a', 'node_modules'))).toBe(false);
    expect(readFileSync(unpack(pack(EXAMPLE), { folder: join(home, 'unpacked'), links: 'kept' }))).toEqual(
      readFileSync(EXAMPLE),
    );
  });

  it('is refused where it is too much, and where it leads elsewhere', () => {
    const path = join(home, 'large.zip');
    writeFileSync(path, randomBytes(11 * 1024 * 1024));
    expect(() => pack(path)).toThrow('large.zip: 11 MiB are too much for the queue, which takes 10');
    // Holes, so that only a look at sizes comes to it in time.
    const folder = join(home, 'sparse');
    mkdirSync(folder);
    for (const name of ['a', 'b', 'c']) {
      writeFileSync(join(folder, name), '');
      truncateSync(join(folder, name), 3 * 1024 ** 3);
    }
    expect(() => pack(folder)).toThrow('sparse: 9216 MiB are too much for the queue, which takes 64');
    for (const name of ['..', '../x', '']) {
      const bytes = gzipSync(JSON.stringify({ name, file: '' }));
      expect(() => unpack(bytes, { folder: join(home, 'unpacked'), links: 'kept' }), name).toThrow(
        'leads out of its folder',
      );
    }
  });
});

describe('a link in what comes out of Redis', () => {
  const packedLink = (...files: [string, object][]): Buffer =>
    gzipSync(JSON.stringify({ name: 'ivy', files }));
  const elsewhere = (name: string): string => {
    const path = join(home, name);
    mkdirSync(path);
    return path;
  };

  it('is not one that another entry goes through', () => {
    const target = elsewhere('elsewhere');
    const bytes = packedLink(['a', { link: target }], ['a/x', { link: '/etc/passwd' }]);
    expect(() => unpack(bytes, { folder: join(home, 'chained'), links: 'kept' })).toThrow(
      'leads through a link',
    );
    expect(readdirSync(target)).toEqual([]);
  });

  it('is none at all among results, nor one that lies where they go', () => {
    const target = elsewhere('hers');
    const folder = join(home, 'results');
    expect(() => unpack(packedLink(['a', { link: target }]), { folder, links: 'refused' })).toThrow(
      'a is a link',
    );
    symlinkSync(target, join(folder, 'jo'));
    const bytes = packedLink(['a', { bytes: '' }]);
    expect(() => unpack(bytes, { folder, as: 'jo', links: 'refused' })).toThrow('leads through a link');
    expect(readdirSync(target)).toEqual([]);
  });
});

describe('the paths of a job', () => {
  const paths = (folder: string, change: object = {}) => ({
    ...{ path: join(folder, 'class', 'kim'), out: join(folder, 'out', 'kim'), root: folder },
    ...change,
  });

  it('are taken below the folder that a worker shares', () => {
    expect(withinShared(paths(home), home)).toEqual(paths(home));
  });

  it('are refused elsewhere, through links, and where nothing is shared', () => {
    expect(() => withinShared(paths(home), undefined)).toThrow('this worker shares no folder');
    symlinkSync('/etc', join(home, 'link'));
    symlinkSync('/etc/no-such-file', join(home, 'dangling'));
    for (const out of ['/etc/x', join(home, '..', 'x'), join(home, 'link', 'x'), 'x']) {
      expect(() => withinShared(paths(home, { out }), home), out).toThrow('is not in');
    }
    expect(() => withinShared(paths(home, { out: join(home, 'dangling', 'x') }), home)).toThrow('to nothing');
  });
});

describe('a queue that there is not', () => {
  it.each([
    ['no address', 'localhost', 'write redis://host:6379'],
    ['another scheme', 'http://me:secret@host:6379?password=secret', 'http://…@host:6379 is no address'],
    ['none at all', 'me:secret@host:6379', '…@host:6379 is no address'],
    ['nobody there', 'redis://:secret@127.0.0.1:1', 'does not answer'],
  ])('is refused in a sentence: %s', { timeout: 60_000 }, async (_, queue, message) => {
    const { exitCode, all } = await program('worker', '--queue', queue);
    expect(String(all)).toContain(message);
    expect(String(all)).not.toContain('secret');
    expect(String(all)).not.toContain('    at ');
    expect(exitCode).toBe(2);
  });

  it('is taken from the environment as well, where no other user reads it', { timeout: 60_000 }, async () => {
    const environment = { INTROSPECTION_QUEUE: 'http://:secret@host' };
    for (const args of [['worker'], ['batch', source, '--out', join(home, 'unreachable')]]) {
      const { exitCode, stderr } = await execa('node', [...PROGRAM, ...args], {
        ...{ cwd: ROOT, reject: false, env: environment },
      });
      expect(stderr).toContain('http://…@host is no address');
      expect(exitCode).toBe(2);
    }
  });

  it('leaves no folder of a batch, and shows no progress of one', { timeout: 60_000 }, async () => {
    const out = join(home, 'nobody-there');
    const { exitCode, stderr } = await execa(
      'node',
      [...PROGRAM, 'batch', source, '--out', out, '--queue', 'redis://127.0.0.1:1'],
      { cwd: ROOT, reject: false },
    );
    expect(stderr).toContain('Redis at redis://127.0.0.1:1 does not answer');
    expect(stderr).not.toContain('submissions 0/');
    expect(existsSync(out)).toBe(false);
    expect(exitCode).toBe(2);
  });
});
