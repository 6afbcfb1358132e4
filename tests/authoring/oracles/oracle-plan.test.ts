import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMPUTED, onlyCalls, oracleCase } from '../../../authoring/oracles/oracle-plan.ts';
import { loadAssignment } from '../../../grader/assignment/load.ts';
import type { Call } from '../../../grader/format/call-plan.ts';
import { ASSIGNMENT, ROOT } from '../../../repository.ts';

const loadedOf = (calls: Call[]) => ({
  plan: { id: 'case', calls, derived: [] },
  half: 'public' as const,
  directory: '',
  inputs: () => ({}),
  given: () => new Map(),
  expected: () => new Map(),
});

const call = (id: string, args: Call['args'], name = 'tvLoss'): Call => ({
  id,
  module: 'a.ts',
  export: name,
  args,
});

describe('what PyTorch is asked to compute', () => {
  it('is what its own list of functions has', () => {
    const folder = join(ROOT, 'authoring/oracles/python');
    const lists = readdirSync(folder)
      .filter((name) => name.startsWith('group_'))
      .map((name) => /\nFUNCTIONS = \{([^}]*)\}/.exec(readFileSync(join(folder, name), 'utf8'))![1]);
    const names = lists.flatMap((list) => [...list.matchAll(/"(\w+)":/g)].map(([, name]) => name));
    expect(names.toSorted()).toEqual([...COMPUTED].toSorted());
  });

  it('is every case of the assignment but those that train a network', () => {
    const { parts } = loadAssignment(ASSIGNMENT);
    const left = parts.filter(({ cases }) => [...cases.values()].some((one) => !oracleCase('part', one)));
    expect(left.map(({ id }) => id)).toEqual(['clever-hans']);
  });

  it('has the pictures of given code by name, each once, and networks as they stand', () => {
    const picture = { given: { module: 'p.ts', export: 'picture', args: [{ number: 3 }] } };
    const model = { given: { module: 'm.ts', export: 'linearClassifier', args: [{ tensor: 'weights' }] } };
    const activation = {
      given: { module: 'f.ts', export: 'activationAt', args: [picture, model, { number: 1 }] },
    };
    const one = oracleCase('part', loadedOf([call('a', [picture, model, { list: [activation] }])]))!;
    const named = { tensor: 'given-0' };
    expect(one.id).toBe('part/case');
    expect(one.calls[0].args).toEqual([
      named,
      model,
      { list: [{ given: { ...activation.given, args: [named, model, { number: 1 }] } }] },
    ]);
    expect(one.pictures).toEqual([
      { name: 'given-0', call: { id: 'given-0', module: 'p.ts', export: 'picture', args: [{ number: 3 }] } },
    ]);
  });

  it('is nothing of a case with a call that it does not know', () => {
    expect(oracleCase('part', loadedOf([call('a', []), call('b', [], 'addMark')]))).toBeUndefined();
  });

  it('is what is wanted, and what that builds on', () => {
    const of = (id: string) => ({ list: [{ result: { call: id } }] });
    const one = oracleCase(
      'part',
      loadedOf([call('a', []), call('b', []), call('c', [of('a')]), call('d', [of('c')])]),
    )!;
    expect(onlyCalls(one, (id) => id === 'd').calls.map(({ id }) => id)).toEqual(['a', 'c', 'd']);
    expect(onlyCalls(one, (id) => id === 'b').calls.map(({ id }) => id)).toEqual(['b']);
  });
});
