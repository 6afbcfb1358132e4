import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { getFileInfo } from 'prettier';
import { expect, it } from 'vitest';
import { ROOT } from '../../repository.ts';
import { trackedFiles } from './tracked-files.ts';

/** What prettier leaves as it is. */
const NOT_FORMATTED = [
  // Made by npm run template.
  /^student-template\//,
  // Made by npm run fixtures; submissions look as students and attackers write them.
  /^fixtures\//,
  // Compared byte for byte.
  /^tests\/(?:authoring\/template|gradescope)\/data\/golden\//,
  // Made by npm.
  /^package-lock\.json$/,
  // Lines of prose are broken by hand.
  /\.md$/,
];
const NOT_LINTED = NOT_FORMATTED.slice(0, 3);
const LINTED = /\.[cm]?[jt]sx?$/;

const isOneOf = (patterns: readonly RegExp[], path: string): boolean =>
  patterns.some((pattern) => pattern.test(path));

const tracked = trackedFiles();

/** The files that prettier has a parser for, with whether its ignore files keep it from using it. */
async function ofPrettier(): Promise<{ path: string; ignored: boolean }[]> {
  const ignorePath = ['.gitignore', '.prettierignore'].map((name) => join(ROOT, name));
  const all = tracked.map(async (path) => {
    const file = join(ROOT, path);
    const { inferredParser } = await getFileInfo(file);
    return { path, known: inferredParser !== null, ...(await getFileInfo(file, { ignorePath })) };
  });
  return (await Promise.all(all)).filter(({ known }) => known);
}

it('prettier formats every tracked file that it can read, but for those listed here', async () => {
  const known = await ofPrettier();
  const passedOver = known.filter(({ ignored }) => ignored).map(({ path }) => path);
  expect(known.length).toBeGreaterThan(passedOver.length);
  expect(passedOver.filter((path) => !isOneOf(NOT_FORMATTED, path))).toEqual([]);
});

it('oxlint reads every tracked script, but for those listed here', () => {
  const oxlint = ['node_modules/oxlint/bin/oxlint', '--debug', 'files'];
  const linted = new Set(execFileSync(process.execPath, oxlint, { cwd: ROOT, encoding: 'utf8' }).split('\n'));
  const scripts = tracked.filter((path) => LINTED.test(path));
  const passedOver = scripts.filter((path) => !linted.has(path));
  expect(linted.size).toBeGreaterThan(0);
  expect(passedOver.filter((path) => !isOneOf(NOT_LINTED, path))).toEqual([]);
});

it.each([
  ['not formatted', NOT_FORMATTED],
  ['not linted', NOT_LINTED],
])('what is listed as %s is there', (_, patterns) => {
  const unused = patterns.filter((pattern) => !tracked.some((path) => pattern.test(path)));
  expect(unused.map(String)).toEqual([]);
});
