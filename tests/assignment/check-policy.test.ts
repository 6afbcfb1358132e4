import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadAssignment } from '../../grader/assignment/load.ts';
import { FIXTURES } from '../../repository.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'introspection-policy-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** The course's assignment with other policies in its halves. */
function load(publicPolicy: object, privatePolicy = publicPolicy): void {
  const halves = Object.entries({ public: publicPolicy, private: privatePolicy }).map(([half, policy]) => {
    const directory = join(root, half);
    mkdirSync(directory, { recursive: true });
    const file = JSON.parse(readFileSync(join(FIXTURES, half, 'assignment.json'), 'utf8')) as object;
    writeFileSync(join(directory, 'assignment.json'), JSON.stringify({ ...file, policy }));
    return directory;
  });
  loadAssignment(halves);
}

const board = {
  name: 'Loss',
  order: 'asc',
  part: 'style-transfer',
  case: 'whole-run',
  value: { call: 'picture' },
  requires: ['falls'],
};

describe('a policy', () => {
  it('that names what is there is taken', () => {
    expect(() => load({ visibility: [{ group: 'B', half: 'private', show: 'hidden' }] })).not.toThrow();
  });

  it.each([
    ['part', { visibility: [{ part: 'tv-los', show: 'hidden' }] }, 'visibility rule 1 names the part tv-los'],
    ['group', { visibility: [{ group: 'Z', show: 'hidden' }] }, 'visibility rule 1 names the group Z'],
    ['part of the board', { leaderboard: [{ ...board, part: 'x' }] }, 'entry Loss names the part x'],
    ['case', { leaderboard: [{ ...board, case: 'x' }] }, 'entry Loss names the case x'],
    ['call', { leaderboard: [{ ...board, value: { call: 'x' } }] }, 'entry Loss names the call x'],
    ['key', { lateness: 1 }, 'assignment.json'],
    ['percentage', { late: { per: 'day', percent: 120 } }, 'percent'],
  ])('with a wrong %s is refused by its name', (_, policy, message) => {
    expect(() => load(policy)).toThrow(message);
  });

  it('that is not the same in both halves is refused', () => {
    expect(() => load({}, { maxBonus: 3 })).toThrow("another policy than the first half's");
  });
});
