import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { assignmentFile, type AssignmentFile } from '../../../grader/assignment/schema.ts';
import { filesBelow } from '../../../grader/format/files-below.ts';
import { decodeSafetensors, encodeSafetensors } from '../../../grader/format/safetensors.ts';
import { zipOf } from '../../../packaging/builder/write-zip.ts';
import { kitContents, type Kit } from '../../../packaging/kit/kit-contents.ts';
import { releaseCommand } from '../../../scripts/commands/release.ts';
import { release } from '../../../scripts/kit/release.ts';
import { knownMistakes } from '../../../grader/mistakes/known-mistakes.ts';
import { FIXTURES, ROOT, TEMPLATE } from '../../../repository.ts';
import { unzipped } from './unzipped.ts';

const CANARY = 'canary-7f3a';

let folder: string;
let kit: Kit;
/** Every byte that a student gets, unpacked as far as it can be. */
let contents: ReadonlyMap<string, Buffer>;

function copyHalves(to: string): void {
  for (const half of ['public', 'private']) cpSync(join(FIXTURES, half), join(to, half), { recursive: true });
}

function changeJson(path: string, change: (value: AssignmentFile) => unknown): void {
  const parsed = assignmentFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  writeFileSync(path, JSON.stringify(change(parsed)));
}

/** A private half with a canary in all that is private: ids, calls, hints, keys, tensors and their names. */
function plantCanaries(half: string): void {
  changeJson(join(half, 'assignment.json'), (file) => ({
    ...file,
    seed: `${CANARY}-seed`,
    parts: file.parts.map((part) => ({
      ...part,
      cases: part.cases.map((one) => ({ ...one, id: `${CANARY}-${one.id}` })),
      checks: part.checks.map((check) => ({ ...check, id: `${CANARY}-${check.id}`, hint: `${CANARY}-hint` })),
    })),
  }));
  for (const path of filesBelow(half)) {
    const file = join(half, path);
    if (path.endsWith('.safetensors')) {
      const data = new Float32Array(new Uint8Array(Buffer.from(`${CANARY}-tens`)).buffer);
      const planted = { dtype: 'float32' as const, shape: [4], data };
      const tensors = { ...decodeSafetensors(readFileSync(file)), [`${CANARY}-name`]: planted };
      writeFileSync(file, encodeSafetensors(tensors));
    } else if (path !== 'assignment.json') {
      writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.from(`${CANARY}-${path}`)]));
    }
  }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'introspection-canaries-'));
  copyHalves(folder);
  plantCanaries(join(folder, 'private'));
  kit = await kitContents({ fixtures: folder, template: TEMPLATE });
  const outer = await unzipped(await zipOf(kit.files));
  const tarballs = [...outer].filter(([path]) => path.endsWith('.tgz'));
  expect(tarballs).toHaveLength(1);
  contents = new Map([
    ...outer,
    ...tarballs.map(([path, bytes]) => [`${path}!`, gunzipSync(bytes)] as const),
  ]);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

const holding = (needle: string | Buffer): string[] =>
  [...contents].filter(([, bytes]) => bytes.includes(needle)).map(([path]) => path);

describe('the kit that students get', () => {
  it('holds the engine, the public half and the template, found by a search that finds things', () => {
    expect(holding('sums the squared differences of all neighbours')).toEqual([
      expect.stringMatching(/\.tgz!$/),
    ]);
    expect(holding('"visibility": "public"')).toEqual([expect.stringMatching(/\.tgz!$/)]);
    const data = readFileSync(join(FIXTURES, 'public/tv-loss/image/inputs.safetensors'));
    expect(holding(data)).toHaveLength(1);
  });

  it('holds nothing of the private half but titles and points, wherever a canary was planted', () => {
    expect(holding(CANARY)).toEqual([]);
    expect(holding('"visibility": "private"')).toEqual([]);
    const titles = [...kit.engine].filter(
      ([path]) => path.startsWith('assignment/') && !path.includes('/public/'),
    );
    expect(titles.map(([path]) => path)).toEqual(['assignment/private-checks.json']);
  });

  it('holds no expected value of a private check', () => {
    const half = join(FIXTURES, 'private');
    const expected = filesBelow(half).filter((path) => path.endsWith('expected.safetensors'));
    const told = expected.flatMap((path) =>
      Object.entries(decodeSafetensors(readFileSync(join(half, path)))).filter(
        ([, { data }]) => data.byteLength >= 32 && new Set(data).size > 4,
      ),
    );
    expect(told.length).toBeGreaterThan(50);
    const open = told.filter(([, { data }]) => holding(bytesOf(data)).length > 0);
    expect(open.map(([name]) => name)).toEqual([]);
  });

  it('holds no result of a known mistake on a private case, and no name of a mistake', () => {
    const linesOf = (half: string): { lines: Set<string>; names: string[] } => {
      const folder = join(FIXTURES, half, 'known-mistakes');
      const mistakes = filesBelow(folder).flatMap(
        (path) => knownMistakes.parse(JSON.parse(readFileSync(join(folder, path), 'utf8'))).mistakes,
      );
      return {
        lines: new Set(mistakes.flatMap(({ returns }) => Object.values(returns))),
        names: mistakes.flatMap(({ name }) => name ?? []),
      };
    };
    const [open, hidden] = [linesOf('public'), linesOf('private')];
    // Zeros and errors are the same on any input.
    const telling = [...hidden.lines].filter((line) => !open.lines.has(line) && line.split('.').length > 3);
    expect(telling.length).toBeGreaterThan(50);
    expect(telling.filter((line) => holding(line).length > 0)).toEqual([]);
    expect(holding([...open.lines].find((line) => line.length > 40)!)).toHaveLength(1);
    expect(hidden.names.length).toBeGreaterThan(50);
    expect(open.names).toEqual([]);
  });

  it('holds no line of a solution', () => {
    const regions = filesBelow(join(ROOT, 'reference/parts'))
      .filter((path) => path.endsWith('.ts'))
      .flatMap((path) => {
        const text = readFileSync(join(ROOT, 'reference/parts', path), 'utf8');
        return [...text.matchAll(/\/\/ BEGIN SOLUTION\n([\s\S]*?)\/\/ END SOLUTION/g)].map(
          ([, code]) => code,
        );
      });
    const template = filesBelow(TEMPLATE).map((path) => readFileSync(join(TEMPLATE, path)));
    const lines = regions
      .flatMap((code) => code.split('\n').map((line) => line.trim()))
      .filter((line) => line.length >= 50 && /[({=]/.test(line) && !/^(?:\/\/|\*|\/\*)/.test(line))
      // What given code has, too, gives nothing away.
      .filter((line) => !template.some((bytes) => bytes.includes(line)));
    expect(lines.length).toBeGreaterThan(100);
    expect(lines.filter((line) => holding(line).length > 0)).toEqual([]);
  });

  it('unpacks to one folder, called as the zip is', async () => {
    vi.spyOn(console, 'log').mockReturnValue();
    const out = join(folder, 'assignment-3.zip');
    await release({ out, measure: false });
    const paths = [...(await unzipped(readFileSync(out))).keys()];
    expect(paths).toContain('assignment-3/package.json');
    expect(paths.filter((path) => !path.startsWith('assignment-3/'))).toEqual([]);
  });

  it('cannot be told to hold more: release takes a course as a whole, and no option names one half', () => {
    const options = releaseCommand().options.map(({ long }) => long);
    expect(options).toEqual(['--out', '--measure', '--course']);
    expect(releaseCommand().registeredArguments).toEqual([]);
  });

  it('is not made where the private half lies in the place of the public one', async () => {
    const swapped = mkdtempSync(join(tmpdir(), 'introspection-swapped-'));
    cpSync(join(FIXTURES, 'private'), join(swapped, 'public'), { recursive: true });
    cpSync(join(FIXTURES, 'private'), join(swapped, 'private'), { recursive: true });
    await expect(kitContents({ fixtures: swapped, template: TEMPLATE })).rejects.toThrow(
      /is the private half; students get the public one only/,
    );
    rmSync(swapped, { recursive: true });
  });

  it('is not made where a file of another kind lies in the public half', async () => {
    const stray = mkdtempSync(join(tmpdir(), 'introspection-stray-'));
    copyHalves(stray);
    writeFileSync(join(stray, 'public', 'key.md'), 'answers');
    await expect(kitContents({ fixtures: stray, template: TEMPLATE })).rejects.toThrow(
      /key\.md is no file of/,
    );
    rmSync(stray, { recursive: true });
  });

  it('has the same bytes each time, and another version when a check or the template changes', async () => {
    const again = await kitContents({ fixtures: folder, template: TEMPLATE });
    expect([...again.files.keys()]).toEqual([...kit.files.keys()]);
    for (const [path, bytes] of again.files)
      expect(Buffer.from(bytes).equals(kit.files.get(path)!)).toBe(true);
    writeFileSync(join(folder, 'public/tv-loss/by-hand/meta.json'), '{}');
    const changed = await kitContents({ fixtures: folder, template: TEMPLATE });
    expect(changed.version).not.toBe(kit.version);
    expect(changed.version.slice(-7)).toBe(kit.version.slice(-7));
  });

  it('declares what it needs at exact versions, the fast compiler among them', () => {
    const manifest = JSON.parse(Buffer.from(kit.engine.get('package.json')!).toString()) as {
      dependencies: Record<string, string>;
    };
    for (const version of Object.values(manifest.dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(manifest.dependencies.typescript).toMatch(/^7\./);
  });
});
