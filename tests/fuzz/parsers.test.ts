import { setImmediate } from 'node:timers/promises';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { MiB } from '../../grader/format/units.ts';
import { ROOT } from '../../repository.ts';
import { hostileInputs, INPUTS } from './inputs.ts';
import { PARSERS, type Parser } from './parsers.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const SEED = 20_261_126;
const LONGEST_MS = 2000;
/** Of all inputs together, what is generated included; quadratic time on the large ones takes many times this. */
const ALL_MS = 240_000;
/** What stays when all is read and thrown away. */
const KEPT_BYTES = 48 * MiB;
/** What is held at any one moment, garbage included. */
const HELD_BYTES = 700 * MiB;

const held = (): number => {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

/** Buffers are let go in later turns than the objects that held them. */
async function collectAllGarbage(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) {
    collectGarbage();
    await setImmediate();
  }
}

async function readAll(
  parser: Parser,
): Promise<{ read: number; refused: number; slowest: number; most: number }> {
  let [read, refused, slowest, most] = [0, 0, 0, 0];
  for (const input of hostileInputs(parser, SEED)) {
    const begin = performance.now();
    try {
      await parser.read(input);
      read++;
    } catch (error) {
      if (!parser.refusals?.some((kind) => error instanceof kind)) {
        const start = JSON.stringify(input.toString('latin1', 0, 200));
        throw new Error(`${parser.name}, ${input.length} bytes ${start}`, { cause: error });
      }
      refused++;
    }
    const took = performance.now() - begin;
    if (took > slowest) {
      slowest = took;
      if (took > (parser.longest ?? LONGEST_MS)) {
        throw new Error(
          `${parser.name} took ${took} ms: ${JSON.stringify(input.toString('latin1', 0, 200))}`,
        );
      }
    }
    if ((read + refused) % 50 === 0) most = Math.max(most, held());
  }
  return { read, refused, slowest, most };
}

describe('what reads bytes that a submission can choose', { timeout: 2 * ALL_MS }, () => {
  it.each(PARSERS)(
    `$name: ${INPUTS} hostile inputs are read or refused, in time and memory`,
    async (parser) => {
      await collectAllGarbage();
      const before = held();
      const begin = performance.now();
      const { read, refused, most } = await readAll(parser);
      expect(performance.now() - begin).toBeLessThan(ALL_MS);
      await collectAllGarbage();
      expect(held() - before).toBeLessThan(KEPT_BYTES);
      expect(most - before).toBeLessThan(HELD_BYTES);
      expect(read + refused).toBe(INPUTS);
      // Inputs are close enough to well-formed ones to get past the first look.
      expect(read).toBeGreaterThan(INPUTS / 500);
    },
  );

  it('is listed in docs/security.md, file by file', () => {
    const page = readFileSync(join(ROOT, 'docs/security.md'), 'utf8');
    const section = /\n## What reads untrusted bytes\n([^]*?)\n## /.exec(page)?.[1] ?? '';
    const rows = [...section.matchAll(/^\| ([^|]+?) \| `([^`]+)` \|/gm)].map(
      ([, name, file]) => `${name}: ${file}`,
    );
    expect(rows).toEqual(PARSERS.map(({ name, file }) => `${name}: ${file}`));
    for (const { file } of PARSERS) expect(existsSync(join(ROOT, file)), file).toBe(true);
  });
});
