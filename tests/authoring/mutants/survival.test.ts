import { expect, it } from 'vitest';
import { survivalOf, type RatedCheck } from '../../../authoring/mutants/survival.ts';
import { check as checkSchema } from '../../../grader/checks/index.ts';

const base = { title: 'It is right', points: 1, case: 'one' };
const close = { ...base, kind: 'tensor-close', value: { call: 'result' }, atol: 0, rtol: 0 };
const checks: readonly RatedCheck[] = [
  { check: checkSchema.parse({ ...close, id: 'shown' }), visibility: 'public' },
  { check: checkSchema.parse({ ...close, id: 'hidden' }), visibility: 'private' },
  {
    check: checkSchema.parse({ ...base, kind: 'memory', id: 'leftovers', call: 'result' }),
    visibility: 'public',
  },
];
const mutant = (...fails: string[]) => ({
  key: '',
  file: 'f.ts',
  line: 1,
  mutation: '',
  before: '',
  after: '',
  fails,
});

it('counts who dies, by private checks alone, and who is called equivalent wrongly', () => {
  const mutants = {
    both: mutant('shown', 'hidden'),
    public: mutant('shown'),
    leaks: mutant('leftovers'),
    alive: mutant(),
    same: mutant(),
    notTheSame: mutant('hidden'),
  };
  const equivalent = { same: 'x + 0 is x', notTheSame: 'a mistake', gone: 'no such mutant' };
  const survival = survivalOf(checks, { on: '', mutants }, equivalent);
  expect(survival).toMatchObject({
    counted: 4,
    equivalent: 2,
    killed: 3,
    // What leaks changes no value; what survives might.
    ofValues: { counted: 3, killedByPrivate: 1 },
    wronglyEquivalent: ['notTheSame', 'gone'],
  });
  expect([...survival.survivors.keys()]).toEqual(['alive']);
});
