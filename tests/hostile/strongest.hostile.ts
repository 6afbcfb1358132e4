import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadAttacks } from './attack.ts';
import { attackUnder } from './attack-under.ts';
import { WAY_NAMES } from './ways.ts';

attackUnder(['strongest']);

describe('the suite', () => {
  it('has every attack of the list, and each number in order', () => {
    const numbers = new Set(loadAttacks().map(({ number }) => number));
    expect([...numbers]).toEqual(Array.from({ length: numbers.size }, (_, i) => i + 1));
    expect(numbers.size).toBeGreaterThanOrEqual(84);
  });

  it('tries every way of isolating in one of its files', () => {
    const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.hostile.ts'));
    const tried = files.flatMap((name) => {
      const text = readFileSync(join(import.meta.dirname, name), 'utf8');
      const [, ways] = /attackUnder\(\[([^\]]+)\]\)/.exec(text)!;
      return [...ways.matchAll(/'([a-z-]+)'/g)].map(([, way]) => way);
    });
    expect(tried.sort()).toEqual([...WAY_NAMES].sort());
  });
});
