import { openSandbox } from '../../grader/sandbox/launch.ts';
import { loadAttacks, type Attack } from './attack.ts';
import { Place } from './place.ts';
import { runAttack, type AttackOutcome } from './run-attack.ts';
import { WAYS, type Way } from './ways.ts';

/** Runs one attack in a place of its own, with the grader's environment and directories pointing there. */
export async function attackInPlace(attack: Attack, way: Way, ownProcess = false): Promise<AttackOutcome> {
  const place = new Place();
  await place.open();
  const temporary = process.env.TMPDIR;
  process.env.TMPDIR = place.scratch;
  process.env.HOSTILE_CANARY = place.canary;
  const sandbox = openSandbox({ without: way.without });
  try {
    return await runAttack(attack, place, { sandbox, ownProcess, backend: way.backend });
  } finally {
    await sandbox.close();
    delete process.env.HOSTILE_CANARY;
    if (temporary === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = temporary;
    place.close();
  }
}

// As a program: the outcome of an attack under a way of isolating, both by name, as JSON on stdout. For users other
// than the one who runs the tests, and to measure the grader's memory.
if (process.argv[1] === import.meta.filename) {
  const [, , attackName, wayName] = process.argv;
  const attack = loadAttacks().find(({ name }) => name === attackName)!;
  const way = WAYS.find(({ name }) => name === wayName)!;
  process.stdout.write(JSON.stringify(await attackInPlace(attack, way, true)));
  process.exit(0);
}
