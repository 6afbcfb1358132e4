import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encodePng } from '../../reference/lib/picture/files.ts';
import { ROOT } from '../../repository.ts';
import { PROGRAM } from '../scripts/program.ts';
import { int64, npy, npz, someBytes } from './foreign-bytes.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pictures-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const pictures = (args: string[]) =>
  execa(process.execPath, [...PROGRAM, 'pictures', ...args], {
    cwd: ROOT,
    env: { PICTURE_CACHE: join(folder, 'cache'), MODEL_CACHE: join(folder, 'models') },
    reject: false,
  });

describe('npm run pictures', () => {
  it('imports pictures with their licence, lists and removes them', async () => {
    const source = join(folder, 'val.npz');
    const y = npy([2], int64([3, 9]), { type: '<i8' });
    writeFileSync(source, npz({ X: npy([2, 32, 40, 3], someBytes(7680)), y }));
    const style = join(folder, 'style.png');
    writeFileSync(style, encodePng({ width: 20, height: 20, data: new Float32Array(1200) }));
    const options = ['--network', 'standard', '--styles', style, '--licence', 'CC0', '--source', 'our own'];
    const imported = await pictures(['import', source, '--name', 'mine', ...options]);
    expect(imported.stdout).toBe('mine: 2 pictures of 2 classes of standard, 40x32; 1 style, 20x20; CC0');
    expect(imported.stderr).toContain('pictures 3/3');
    expect(imported.exitCode).toBe(0);

    const { stdout } = await pictures(['list']);
    expect(stdout).toMatch(/│ mine +│ +2 │ +2 │ standard +│ 20x20 to 40x32 │ +0 │ +1 │ CC0 +│ our own +│/);
    expect((await pictures(['remove', 'mine'])).stdout).toBe('mine is removed');
    expect((await pictures(['list'])).stdout).toBe(
      'no pictures; npm run pictures -- import SOURCE --name NAME',
    );
  });

  it('lists what is damaged beside what is not', async () => {
    const style = join(folder, 'style.png');
    writeFileSync(style, encodePng({ width: 20, height: 20, data: new Float32Array(1200) }));
    const imported = await pictures(['import', '--styles', style, '--name', 'whole']);
    expect(imported.stderr).toContain('say by --licence under which licence');
    for (const name of ['cut', 'gone'])
      cpSync(join(folder, 'cache', 'whole'), join(folder, 'cache', name), { recursive: true });
    truncateSync(join(folder, 'cache', 'cut', 'pixels.bin'), 10);
    rmSync(join(folder, 'cache', 'gone', 'pixels.bin'));
    const { stdout, exitCode } = await pictures(['list']);
    expect(stdout).toMatch(/│ cut +│ +│ +│ +│ damaged; import again │/);
    expect(stdout).toMatch(/│ gone +│ +│ +│ +│ damaged; import again │/);
    expect(stdout).toMatch(/│ whole +│ +0 │ +0 │ +│ 20x20 +│/);
    expect(exitCode).toBe(0);
  });

  it('counts one picture of one class in the singular', async () => {
    const path = join(folder, 'birds', 'quail', 'a.png');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, encodePng({ width: 20, height: 20, data: new Float32Array(1200) }));
    const { stdout } = await pictures(['import', join(folder, 'birds'), '--name', 'mine']);
    expect(stdout).toBe('mine: 1 picture of 1 class, 20x20; licence not stated');
  });

  it('says what is wrong with a source, and leaves nothing', async () => {
    const source = join(folder, 'birds');
    mkdirSync(join(source, 'quail'), { recursive: true });
    writeFileSync(join(source, 'quail', 'a.png'), 'no picture');
    const { stderr, exitCode } = await pictures(['import', source, '--name', 'mine']);
    expect(stderr).toMatch(
      /pictures import: cannot load the picture .*a\.png: this is neither a PNG nor a JPEG file/,
    );
    expect(exitCode).toBe(1);
    expect(existsSync(join(folder, 'cache')) ? readdirSync(join(folder, 'cache')) : []).toEqual([]);
  });

  it.each([
    [['import', 'package.json', '--name', '../x'], "'../x' is invalid: it must be letters, digits"],
    [['import', 'no-such-folder', '--name', 'x'], 'there is no such file or folder'],
    [['import', 'package.json'], "required option '--name <name>' not specified"],
    [['import', '--name', 'x'], 'there is nothing to import: name a source, --content or --styles'],
    [
      ['import', 'package.json', '--name', 'x', '--network', 'nets'],
      'there is no network nets; there are standard, robust',
    ],
    [['import', 'package.json', '--name', 'x', '--count', '0'], 'it must be a whole number from 1 to 100000'],
    [['import', 'package.json', '--name', 'x', '--licence', ' '], 'it must name a licence, such as'],
    [['remove', 'theirs'], 'there are no pictures theirs; import them by'],
  ])('%j is wrong usage', async (args, message) => {
    const { stderr, exitCode } = await pictures(args);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  });
});
