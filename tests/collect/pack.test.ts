import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { execa, type Result } from 'execa';
import { describe, expect, it } from 'vitest';
import yauzl from 'yauzl';
import { collect, packSubmission } from '../../collect_submission.ts';
import { submissionFolder } from './submission-folder.ts';

const repository = resolve(import.meta.dirname, '../..');
const zipName = 'assignment_3_submission.zip';

interface ZipFile {
  readonly path: string;
  readonly mode: number;
  readonly dosTime: readonly [date: number, time: number];
  readonly stored: boolean;
  readonly text: string;
}

/** Reads a zip with the reader that also reads it when it is graded. */
async function unzip(zip: Buffer): Promise<ZipFile[]> {
  const archive = await yauzl.fromBufferPromise(zip);
  const files: ZipFile[] = [];
  for await (const entry of archive.eachEntry()) {
    const chunks: Buffer[] = [];
    for await (const chunk of await archive.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
    files.push({
      path: entry.fileName,
      mode: entry.externalFileAttributes >>> 16,
      dosTime: [entry.lastModFileDate, entry.lastModFileTime],
      stored: entry.compressionMethod === 0,
      text: Buffer.concat(chunks).toString('latin1'),
    });
  }
  return files;
}

const collectScript = join(repository, 'collect_submission.ts');

/** Runs the script as the template's `npm run collect` does. */
function run(
  cwd: string,
  {
    args = [],
    env = {},
    script = collectScript,
  }: { args?: string[]; env?: Record<string, string>; script?: string } = {},
): Promise<Result> {
  const tsx = join(repository, 'node_modules/tsx/dist/cli.mjs');
  return execa(process.execPath, [tsx, script, ...args], { cwd, env, reject: false });
}

describe('the zip', () => {
  it('holds the files and a manifest of them, sorted, stored, with one date and mode', async () => {
    const collected = await collect(submissionFolder());
    const files = await unzip(await packSubmission(collected));
    expect(files.map(({ path }) => path)).toEqual([
      'style-modules/tv-loss.ts',
      'submission-manifest.json',
      'visualization/saliency.png',
      'visualizers/saliency-map.ts',
    ]);
    for (const { mode, dosTime, stored } of files) {
      // 1980-01-01 00:00 is year 0, month 1, day 1.
      expect({ mode, dosTime, stored }).toEqual({ mode: 0o100644, dosTime: [0x21, 0], stored: true });
    }
    const manifest = JSON.parse(files[1].text);
    expect(Object.keys(manifest)).toEqual(['tool', 'name', 'files']);
    expect(manifest.files).toEqual(
      files
        .filter(({ path }) => path !== 'submission-manifest.json')
        .map(({ path, text }) => ({
          path,
          bytes: Buffer.from(text, 'latin1').length,
          sha256: createHash('sha256').update(text, 'latin1').digest('hex'),
        })),
    );
  });

  it('is the same to the byte whatever the time zone, the time stamps, the modes and the place', async () => {
    const [first, second] = [submissionFolder(), submissionFolder()];
    for (const path of ['style-modules/tv-loss.ts', 'visualization/saliency.png']) {
      utimesSync(join(second, path), 1e9, 1e9);
      chmodSync(join(second, path), 0o600);
    }
    await Promise.all([
      run(first, { env: { TZ: 'Asia/Kathmandu', LANG: 'C' } }),
      run(second, { env: { TZ: 'America/New_York', LANG: 'tr_TR.UTF-8' } }),
    ]);
    const zips = [first, second].map((folder) => readFileSync(join(folder, zipName)));
    expect(zips[0].equals(zips[1])).toBe(true);
    expect(zips[0].equals(await packSubmission(await collect(first)))).toBe(true);

    writeFileSync(
      join(second, 'visualizers/saliency-map.ts'),
      'export const computeSaliencyMaps = (): number => 2;\n',
    );
    expect((await packSubmission(await collect(second))).equals(zips[0])).toBe(false);
  });
});

describe('the command', () => {
  it('packs, lists what it packed with sizes, and says what to do next', async () => {
    const folder = submissionFolder();
    const { stdout, stderr, exitCode } = await run(folder);
    expect(stdout).toBe(`Files to hand in, from this folder:
  style-modules/tv-loss.ts       49 bytes
  visualization/saliency.png      5 bytes
  visualizers/saliency-map.ts    52 bytes

Notes:
  quiz.md: none there, so none is sent

Packed 3 files into ${zipName}, 1.2 KB.
Next: upload ${zipName}.`);
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  });

  it('packs in spite of warnings, but not with --strict', async () => {
    const print = { 'style-modules/tv-loss.ts': 'export const tvLoss = console.log;\n' };
    const [here, there] = [submissionFolder(print), submissionFolder(print)];
    const [lenient, strict] = await Promise.all([run(here), run(there, { args: ['--strict'] })]);
    expect(lenient.exitCode).toBe(0);
    expect(lenient.stdout).toContain('style-modules/tv-loss.ts:1: leftover print console.log; remove it');
    expect(lenient.stdout).toMatch(
      /Next: look at the warnings above, then upload assignment_3_submission\.zip\.$/,
    );
    expect(existsSync(join(here, zipName))).toBe(true);
    expect(strict.exitCode).toBe(1);
    expect(strict.stderr).toMatch(/^Nothing was packed\. Mend the warnings/);
    expect(existsSync(join(there, zipName))).toBe(false);
  });

  it('packs nothing when it refuses, names the problem and exits with 1', async () => {
    const folder = submissionFolder({ 'style-modules/tv-loss.ts': null });
    const { stderr, exitCode } = await run(folder);
    expect(stderr).toBe(
      "Problems:\n  style-modules/tv-loss.ts: missing; restore it from the assignment's zip\n\n" +
        'Nothing was packed. Mend the problems above and run npm run collect again.',
    );
    expect(exitCode).toBe(1);
    expect(existsSync(join(folder, zipName))).toBe(false);
  });

  it('answers wrong usage with the right one and exit code 2', async () => {
    const folder = submissionFolder();
    const answers = await Promise.all([['--stict'], ['a', 'b']].map((args) => run(folder, { args })));
    for (const { stderr, exitCode } of answers) {
      expect(stderr).toContain('Usage: npm run collect [-- [folder] [--strict]]');
      expect(exitCode).toBe(2);
    }
  });

  it('collects from another folder into the current one', async () => {
    const [here, there] = [submissionFolder({ 'submission.json': null }), submissionFolder()];
    const { exitCode } = await run(here, { args: [there] });
    expect(exitCode).toBe(0);
    expect(existsSync(join(here, zipName))).toBe(true);
    expect(existsSync(join(there, zipName))).toBe(false);
  });

  it('says that the code was not looked over where typescript is not installed', async () => {
    const folder = submissionFolder({
      'style-modules/tv-loss.ts': 'export const tvLoss = console.log;\n',
      'package.json': '{ "type": "module" }',
    });
    const script = join(folder, 'collect_submission.ts');
    copyFileSync(collectScript, script);
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(join(repository, 'node_modules/archiver'), join(folder, 'node_modules/archiver'));
    const { stdout, exitCode } = await run(folder, { script });
    expect(stdout).toContain(
      'typescript is not installed, so syntax, stubs and prints were not checked: npm install',
    );
    expect(exitCode).toBe(0);
  });
});
