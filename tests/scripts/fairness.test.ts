import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { CONDITIONS, PLAIN } from '../../authoring/fairness/condition.ts';
import { hashOfRight } from '../../authoring/fairness/right-solutions.ts';
import { FIXTURES, ROOT } from '../../repository.ts';
import { fairness } from '../../scripts/rubric/fairness.ts';
import { runUnder, whyNot } from '../../scripts/rubric/run-under.ts';

/** Has no code to run, so that its grading is short. */
const PART = 'concept-quiz';
const WRITTEN = [join(FIXTURES, 'fairness.json'), join(ROOT, 'docs/rubric.md')];

afterEach(() => vi.restoreAllMocks());

const contents = (): (string | undefined)[] =>
  WRITTEN.map((path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined));

it('of some parts alone nothing is recorded, which is said', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  const before = contents();
  await fairness([PART], [PLAIN.name], { all: true });
  expect(contents()).toEqual(before);
  expect(said.mock.calls.flat()).toContain('nothing is recorded: the record is of all parts');
});

const user = CONDITIONS.find(({ plainUser }) => plainUser)!;

it.runIf(process.platform === 'linux')(
  'a condition that is left out is a finding where all are asked for',
  async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    vi.spyOn(process, 'getuid').mockReturnValue(1000);
    const leftOut = 'plain-user is left out: only root can become another user';
    await expect(fairness([PART], [user.name], { all: true })).rejects.toThrow(leftOut);
    await expect(fairness([PART], [user.name], { all: false })).resolves.toBeUndefined();
  },
);

it.runIf(process.getuid?.() === 0)('another user who cannot run Node.js is left out', () => {
  expect(whyNot(user)).toBeUndefined();
  vi.spyOn(process, 'execPath', 'get').mockReturnValue('/root/no-such-node');
  expect(whyNot(user)).toBe('another user cannot run this Node.js in this folder');
});

it.runIf(process.platform === 'linux')(
  'what goes wrong with a verdict leaves no grading process',
  async () => {
    const refused = runUnder(PLAIN, [PART], () => {
      throw new Error('no verdict');
    });
    await expect(refused).rejects.toThrow('no verdict');
    const lines = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((id) => [commandOf(id), statusOf(id)]);
    const mine = lines.filter(
      ([command, status]) =>
        command.includes('authoring/fairness/grade-corpus.ts') && status.includes(`PPid:\t${process.pid}\n`),
    );
    expect(mine).toEqual([]);
  },
);

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // The process has ended since.
  }
}
const commandOf = (id: string): string => read(`/proc/${id}/cmdline`);
const statusOf = (id: string): string => read(`/proc/${id}/status`);

it('the hash of right solutions is of every part', () => {
  expect(hashOfRight([PART])).toBe(hashOfRight([PART]));
  expect(hashOfRight([PART, 'tv-loss'])).not.toBe(hashOfRight([PART]));
});
