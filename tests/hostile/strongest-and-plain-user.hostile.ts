import { describe, expect, it } from 'vitest';
import { loadAttacks } from './attack.ts';
import { attackUnder } from './attack-under.ts';

attackUnder(['strongest', 'plain-user', 'plain-user-no-bubblewrap']);

describe('the suite', () => {
  it('has every attack of the list, and each number in order', () => {
    const numbers = new Set(loadAttacks().map(({ number }) => number));
    expect([...numbers]).toEqual(Array.from({ length: numbers.size }, (_, i) => i + 1));
    expect(numbers.size).toBeGreaterThanOrEqual(84);
  });
});
