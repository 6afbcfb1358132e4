import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildRunner } from '../../grader/child/build.ts';
import { buildLauncher } from '../../grader/sandbox/native-launcher.ts';
import { loadAttacks, type Attack } from './attack.ts';
import type { AttackOutcome } from './run-attack.ts';
import { attackInPlace } from './run-one.ts';
import { WAYS, type Way } from './ways.ts';

/** An ordinary user's id; no account has it. */
const USER = 60_596;
const PROGRAM = join(import.meta.dirname, 'run-one.ts');
const PATIENCE_MS = 300_000;

/** `npm run test:hostile -- -t 'no-bubblewrap'` runs one way; `-t '21-'` one attack. */
const attacks = loadAttacks();

/** Runs an attack with the grader as an ordinary user, in a process of its own. */
async function attackAsPlainUser(attack: Attack, way: Way): Promise<AttackOutcome> {
  // The sources may have changed since: this user cannot build.
  await buildRunner();
  const identity = [`--reuid=${USER}`, `--regid=${USER}`, '--clear-groups', '--no-new-privs'];
  const { stdout } = await promisify(execFile)(
    'setpriv',
    [...identity, process.execPath, '--import', 'tsx', PROGRAM, attack.name, way.name],
    { env: { PATH: process.env.PATH, HOME: '/nonexistent' }, timeout: PATIENCE_MS },
  );
  return JSON.parse(stdout) as AttackOutcome;
}

const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
const ways = WAYS.filter((way) => isRoot || way.plainUser);

for (const way of ways) {
  describe(`${way.name}: a grader survives and gives away nothing to one who`, () => {
    beforeAll(async () => {
      // Made by this user, used by all.
      await buildRunner();
      buildLauncher();
    });
    afterAll(() => rmSync(join(tmpdir(), `tsx-${USER}`), { recursive: true, force: true }));

    for (const attack of attacks.filter(({ ways }) => ways === 'all' || way.name === 'strongest')) {
      it(`${attack.title} (${attack.name})`, async () => {
        const run = way.plainUser && isRoot ? attackAsPlainUser : attackInPlace;
        const { violations, evidence } = await run(attack, way);
        // A known gap is part of the expectation: it has to be taken out of `expect.json` once it is closed.
        const known = [...(attack.gaps[way.name] ?? [])].sort();
        expect(violations, evidence.join('\n')).toEqual(known);
      });
    }
  });
}

describe('the suite', () => {
  it('has every attack of the list, and each number in order', () => {
    const numbers = new Set(attacks.map(({ number }) => number));
    expect([...numbers]).toEqual(Array.from({ length: numbers.size }, (_, i) => i + 1));
    expect(numbers.size).toBeGreaterThanOrEqual(49);
  });
});
