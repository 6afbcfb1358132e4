import { execa, type ResultPromise } from 'execa';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { FIXTURES } from '../../../repository.ts';
import { layOutKit } from './laid-out-kit.ts';

const TV_LOSS = 'style-modules/tv-loss.ts';
const solved = readFileSync(join(FIXTURES, 'submissions/should-pass/reference', TV_LOSS), 'utf8');
const wrong = solved.replace('mul<tf.Scalar>(weight)', 'mul<tf.Scalar>(weight * 2)');
const endless = solved.replace(/(export function tvLoss[^{]*\{)/, '$1\n  for (;;);');
const SECONDS = 1000;

let folder: string;
const save = (text: string): void => writeFileSync(join(folder, TV_LOSS), text);

/** `npm run check tv-loss -- --watch`, with what it has printed. */
class Watching {
  readonly process: ResultPromise;
  readonly temporary = mkdtempSync(join(tmpdir(), 'introspection-kit-watch-'));
  stdout = '';
  stderr = '';

  constructor() {
    this.process = execa(process.execPath, ['kit.mjs', 'check', 'tv-loss', '--watch'], {
      cwd: folder,
      reject: false,
      env: { TMPDIR: this.temporary, TEMP: this.temporary, TMP: this.temporary },
    });
    this.process.stdout!.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    this.process.stderr!.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
  }

  async says(stream: 'stdout' | 'stderr', text: string): Promise<void> {
    await vi.waitFor(() => expect(this[stream]).toContain(text), { timeout: 60 * SECONDS, interval: 20 });
  }

  /** Checks right code, then is at work on code that never ends. */
  async hangs(): Promise<void> {
    await this.says('stdout', 'Public points 3 of 3');
    this.stderr = '';
    save(endless);
    await this.says('stderr', 'checking');
    await sleep(2 * SECONDS);
  }

  /** Sends a signal; says how it ended and what is left behind. */
  async end(signal: NodeJS.Signals): Promise<{ exitCode: number | undefined; left: string[] }> {
    this.process.kill(signal);
    const { exitCode } = await this.process;
    const left = readdirSync(this.temporary).filter((name) => name.startsWith('introspection-'));
    rmSync(this.temporary, { recursive: true, force: true });
    return { exitCode, left };
  }
}

beforeAll(async () => {
  expect(endless).not.toBe(solved);
  folder = await layOutKit();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => save(solved));

describe('npm run check -- --watch', () => {
  it('checks again what was saved while the first check ran', async () => {
    save(endless);
    const watching = new Watching();
    await watching.says('stderr', 'checking');
    await sleep(2 * SECONDS);
    save(wrong);
    await watching.says('stdout', 'expected 22, received 44');
    await watching.end('SIGINT');
  });

  it('does not wait for code that hangs when that is saved better', async () => {
    const watching = new Watching();
    await watching.hangs();
    save(wrong);
    await watching.says('stdout', 'expected 22, received 44');
    expect(watching.stdout).not.toContain('did not finish');
    expect(watching.stderr).not.toContain('Error');
    await watching.end('SIGINT');
  });

  it('tells of a given file that is edited, which changes no verdict', async () => {
    const path = join(folder, 'lib/gradient.ts');
    const given = readFileSync(path, 'utf8');
    const watching = new Watching();
    await watching.says('stdout', 'Public points 3 of 3');
    writeFileSync(path, `${given}// mine\n`);
    await watching.says('stdout', 'Warning: lib/gradient.ts was not taken: it differs from the original');
    writeFileSync(path, given);
    await watching.end('SIGINT');
  });

  it.each([
    ['SIGINT', 0],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)(
    'ends at once by %s while a check runs, without a word and with nothing left behind',
    async (signal, expected) => {
      const watching = new Watching();
      await watching.hangs();
      const said = watching.stdout;
      const begin = performance.now();
      const { exitCode, left } = await watching.end(signal);
      expect(performance.now() - begin).toBeLessThan(4 * SECONDS);
      expect({ exitCode, left, said: watching.stdout }).toEqual({ exitCode: expected, left: [], said });
      expect(watching.stderr).toBe('checking Total variation loss ...\n');
    },
  );
});
