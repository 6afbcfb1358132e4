import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { refuseResultsAmongSubmissions } from '../../batch/sources/results-apart.ts';
import { makeClass } from '../../scripts/class/make-class.ts';

let home: string;
let source: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'introspection-apart-'));
  source = join(home, 'class');
  mkdirSync(join(source, 'ben'), { recursive: true });
  symlinkSync(source, join(home, 'linked'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

describe('the results of a class', () => {
  it.each([
    ['the folder of the submissions', '.', 'is the folder of the submissions'],
    ['the same under another name', '../linked', 'is the folder of the submissions'],
    ['a submission of theirs', 'ben', 'lies among the submissions'],
    ['a folder to come among theirs', 'results/1', 'lies among the submissions'],
    ['the folder around theirs', '..', 'holds the folder of the submissions'],
  ])('are refused in %s, with a folder that will do', (_, out, message) => {
    const refused = (): void => refuseResultsAmongSubmissions(source, join(source, out));
    expect(refused).toThrow(message);
    expect(refused).toThrow(`name another folder, such as ${source}-graded`);
  });

  it.each(['../class-graded', '../..class', '../a/b'])('may lie in %s', (out) => {
    expect(() => refuseResultsAmongSubmissions(source, join(source, out))).not.toThrow();
  });

  it('go beside an invented class, as its last line says', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    await makeClass({ size: 1, seed: 1, out: join(home, 'invented') });
    const [, from, to] = /npm run batch -- (\S+) --out (\S+)$/.exec(String(log.mock.calls[0])) ?? [];
    expect([from, to]).toEqual([join(home, 'invented'), join(home, 'invented-graded')]);
    expect(() => refuseResultsAmongSubmissions(from, to)).not.toThrow();
  });
});
