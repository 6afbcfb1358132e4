import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { MiB } from '../../grader/format/units.ts';
import { loadAttacks, type Attack } from './attack.ts';
import type { AttackOutcome } from './run-attack.ts';
import { ROOT } from '../../repository.ts';
import { PROGRAM } from './build-once.ts';
import { attackInPlace } from './run-one.ts';
import { WAYS, type Way, type WayName } from './ways.ts';

/** An ordinary user's id; no account has it. */
const USER = 60_596;
const START = join(ROOT, 'compiled/start.mjs');
const PATIENCE_MS = 300_000;

/** `npm run test:hostile -- -t 'no-bubblewrap'` runs one way; `-t '21-'` one attack. */
const attacks = loadAttacks();

/** Runs an attack with the grader in a process of its own, where its memory can be measured; if asked, as an ordinary user. */
async function attackApart(attack: Attack, way: Way): Promise<AttackOutcome> {
  const identity =
    way.plainUser && isRoot
      ? ['setpriv', `--reuid=${USER}`, `--regid=${USER}`, '--clear-groups', '--no-new-privs']
      : [];
  const [file, ...args] = [...identity, process.execPath, START, PROGRAM, attack.name, way.name];
  const { stdout } = await promisify(execFile)(file, args, {
    env: { PATH: process.env.PATH, HOME: '/nonexistent' },
    timeout: PATIENCE_MS,
  });
  return JSON.parse(stdout) as AttackOutcome;
}

const isRoot = process.platform === 'linux' && process.getuid?.() === 0;

/** For a card; a driver in software would be slow. */
const ALL_GRAPHICS = process.env['ALL_GRAPHICS'] === '1';

function isTriedUnder(way: Way, attack: Attack): boolean {
  if (way.backend)
    return attack.graphics || (ALL_GRAPHICS && (attack.ways === 'all' || way.name === 'graphics'));
  return attack.ways === 'all' || way.name === 'strongest';
}

/**
 * The tests of some of the ways, about as many in each file: files run beside each other, and none is to be left over at
 * the end. Where the grader is strongest, or a plain user's, each attack has a process of its own, and the most memory that
 * any took is printed.
 */
export function attackUnder(names: readonly WayName[]): void {
  for (const way of WAYS.filter(({ name, plainUser }) => names.includes(name) && (isRoot || plainUser))) {
    describe(`${way.name}: a grader survives and gives away nothing to one who`, () => {
      const apart = way.plainUser === true || way.name === 'strongest';
      let most = { bytes: 0, attack: 'none' };
      if (apart) {
        afterAll(() => {
          process.stdout.write(
            `${way.name}: the grader took ${Math.round(most.bytes / MiB)} MiB at most (${most.attack})\n`,
          );
        });
      }

      for (const attack of attacks.filter((one) => isTriedUnder(way, one))) {
        it(`${attack.title} (${attack.name})`, async () => {
          const run = apart ? attackApart : attackInPlace;
          const { violations, evidence, peakBytes: bytes } = await run(attack, way);
          if (bytes > most.bytes) most = { bytes, attack: attack.name };
          // A known gap is part of the expectation: it has to be taken out of `expect.json` once it is closed.
          const known = [...(attack.gaps[way.name] ?? [])].sort();
          expect(violations, evidence.join('\n')).toEqual(known);
        });
      }
    });
  }
}
