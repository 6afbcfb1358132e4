import { execa } from 'execa';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildRunner, layOutRunner, RUNNER } from '../../grader/child/build.ts';
import { keepCode } from '../../grader/child/code-cache.ts';
import { CODE, PROGRAM } from '../../grader/child/program-script.ts';
import { LITTLE_INLINING, nodeFlags } from '../../grader/sandbox/node-flags.ts';

let directory: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'introspection-runner-'));
  await layOutRunner(directory);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Compiles the program under the flags of a child, and says whether V8 took the code that was kept. */
const LOOK = `
  const { readFileSync } = require('node:fs');
  const { Script } = require('node:vm');
  const [program, code] = process.argv.slice(1);
  const text = '(function (exports, require, module, __filename, __dirname) {' + readFileSync(program, 'utf8') + '\\n})';
  const script = new Script(text, { filename: program, cachedData: readFileSync(code) });
  console.log(script.cachedDataRejected ? 'refused' : 'taken');
`;

async function taken(flags: readonly string[]): Promise<string> {
  const { stdout } = await execa(process.execPath, [
    ...flags,
    '-e',
    LOOK,
    join(directory, PROGRAM),
    join(directory, CODE),
  ]);
  return stdout;
}

/** The first bytes that a child sends. */
async function readyMessage(): Promise<string> {
  const child = spawn(process.execPath, [join(directory, RUNNER), 'wasm', '1', directory], {
    stdio: ['pipe', 'ignore', 'inherit', 'pipe'],
  });
  const [bytes] = (await once(child.stdio[3] as Readable, 'data')) as [Buffer];
  child.stdin!.end();
  await once(child, 'close');
  return bytes.toString('utf8');
}

describe('what V8 made of the runner', () => {
  it('is taken under the flags of a child', async () => {
    for (const workers of [false, true]) {
      const restricted = nodeFlags({ readable: [directory], workers, addon: undefined });
      expect(await taken([...restricted, ...LITTLE_INLINING])).toBe('taken');
    }
  });

  it('lies beside the runner, and not in what is packed into packages for other machines', async () => {
    expect(readdirSync(directory)).toContain(CODE);
    expect(readdirSync(await buildRunner())).not.toContain(CODE);
  });

  it('is not needed: where V8 refuses it, the runner is compiled', async () => {
    const code = readFileSync(join(directory, CODE));
    try {
      writeFileSync(join(directory, CODE), Buffer.from(code.subarray(0, 1000)).fill(7, 500));
      expect(await readyMessage()).toContain('"type":"ready"');
      rmSync(join(directory, CODE));
      expect(await readyMessage()).toContain('"type":"ready"');
    } finally {
      writeFileSync(join(directory, CODE), code);
    }
  });
});

describe('to keep what V8 made', { timeout: 60_000 }, () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'introspection-code-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.runIf(existsSync('/dev/shm'))('needs no folder for scratch on the same file system', async () => {
    const before = process.env['TMPDIR'];
    process.env['TMPDIR'] = '/dev/shm';
    try {
      await keepCode({ directory, file: join(folder, 'kept') });
    } finally {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
    }
    expect(readdirSync(folder)).toEqual(['kept']);
  });

  it.each([
    ['fails', 'throw new Error("broken")'],
    ['never ends', 'for (;;);'],
  ])('fails without a word where the program %s, and leaves nothing behind', async (_, program) => {
    const broken = join(folder, 'runner');
    mkdirSync(broken);
    writeFileSync(join(broken, PROGRAM), program);
    await keepCode({ directory: broken, file: join(folder, 'kept'), seconds: 2 });
    expect(readdirSync(folder)).toEqual(['runner']);
  });

  it('fails without a word where nothing can be written', async () => {
    await keepCode({ directory, file: join(folder, 'missing', 'kept') });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('fails without a word where no process can be started', async () => {
    const node = process.execPath;
    process.execPath = join(folder, 'node');
    try {
      await keepCode({ directory, file: join(folder, 'kept') });
    } finally {
      process.execPath = node;
    }
    expect(readdirSync(folder)).toEqual([]);
  });
});
