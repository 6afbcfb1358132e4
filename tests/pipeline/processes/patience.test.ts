import { describe, expect, it } from 'vitest';
import { loadAssignment } from '../../../grader/assignment/load.ts';
import { cheapestFirst } from '../../../grader/pipeline/cheapest-first.ts';
import { Patience } from '../../../grader/pipeline/processes/patience.ts';
import { ASSIGNMENT } from '../../../repository.ts';

const slow = { module: 'work.ts', export: 'slow' };
const other = { module: 'work.ts', export: 'other' };

describe('the patience with a part', () => {
  it('gives a function that hung once two seconds, and the others what they may take', () => {
    const patience = new Patience(1);
    expect(patience.secondsFor(slow, 8)).toBe(8);
    patience.note(slow, 8, true);
    expect(patience.secondsFor(slow, 8)).toBe(2);
    expect(patience.secondsFor(slow, 1)).toBe(1);
    expect(patience.secondsFor(other, 8)).toBe(8);
    expect(patience.refusalOf(other)).toBeUndefined();
  });

  it('ends for a function that hung twice, and with four time-outs for all', () => {
    const patience = new Patience(1);
    for (let i = 0; i < 2; i++) patience.note(slow, 8, true);
    expect(patience.refusalOf(slow)).toMatchObject({
      kind: 'failed',
      reason: 'not-run',
      summary: 'slow was not run after several time-outs: what did not finish has to be fixed first',
    });
    expect(patience.refusalOf(other)).toBeUndefined();
    for (let i = 0; i < 2; i++) patience.note(other, 8, true);
    expect(patience.refusalOf({ ...other, export: 'third' })).toMatchObject({ reason: 'not-run' });
  });

  it('ends when all calls together have taken too long, though each was in time', () => {
    const patience = new Patience(2);
    for (let i = 0; i < 30; i++) patience.note(other, 9.9, false);
    expect(patience.refusalOf(other)).toBeUndefined();
    patience.note(other, 9.9, false);
    expect(patience.refusalOf(slow)).toMatchObject({
      reason: 'not-run',
      summary: 'slow was not run any more: the calls of this part had taken 300 s together',
    });
  });

  it('stretches with a slow machine', () => {
    const patience = new Patience(3);
    expect(patience.secondsFor(slow, 8)).toBe(24);
    patience.note(slow, 24, true);
    expect(patience.secondsFor(slow, 8)).toBe(6);
  });
});

describe('the order in which parts are graded', () => {
  it('is documents, then what may take least time', () => {
    const { parts } = loadAssignment(ASSIGNMENT);
    const order = cheapestFirst(parts, 8);
    expect(order).toHaveLength(parts.length);
    expect(order[0].cases.size).toBe(0);
    const ids = order.map(({ id }) => id);
    expect(ids.indexOf('content-loss')).toBeLessThan(ids.indexOf('style-loss'));
    // Each trains networks, or runs whole style transfers.
    expect(ids.slice(-2).sort()).toEqual(['clever-hans', 'style-transfer']);
  });
});
