import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../grader/checks/evidence.ts';
import { check as schema, type Check, type CheckDefinition } from '../../grader/checks/index.ts';
import type { CallOutcome } from '../../grader/format/outcome.ts';
import type { TensorData } from '../../grader/format/tensor-data.ts';
import { writeFingerprint } from '../../grader/mistakes/fingerprint.ts';
import { likelyCauses } from '../../grader/mistakes/likely-causes.ts';
import { allPlaces, fingerprintAt, placesOf } from '../../grader/mistakes/places.ts';

const tensor = (values: readonly number[]): TensorData => ({
  dtype: 'float32',
  shape: [values.length],
  data: Float32Array.from(values),
});

const base = { title: 'It is right', points: 1, case: 'one' };
const tolerance = { atol: 1e-6, rtol: 1e-4 };
const checkOf = (definition: CheckDefinition): Check => schema.parse(definition);
const map = checkOf({ kind: 'tensor-close', id: 'map', ...base, value: { call: 'map' }, ...tolerance });
const narrow = checkOf({
  kind: 'tensor-close',
  id: 'narrow',
  ...base,
  value: { call: 'map' },
  atol: 1e-7,
  rtol: 1e-5,
});
const list = checkOf({
  kind: 'property',
  id: 'list',
  ...base,
  value: { call: 'run', path: ['losses', 0] },
  holds: [{ property: 'finite' }],
});
const gradient = checkOf({ kind: 'gradient-close', id: 'gradient', ...base, call: 'map', ...tolerance });
const memory = checkOf({ kind: 'memory', id: 'memory', ...base, call: 'map' });

/** Outcomes of the case's calls, and what the reference returned for `map`. */
function evidenceOf(outcomes: Record<string, CallOutcome>, right: readonly number[] = [1, 2, 4]): Evidence {
  return {
    outcomes: () => new Map(Object.entries(outcomes)),
    inputs: () => ({}),
    calls: () => [],
    expected: () =>
      new Map([['map', { value: { tensor: 't' }, tensors: { t: tensor(right) }, gradient: 't' }]]),
    expectedPicture: () => new Uint8Array(),
    sources: [],
    document: () => ({ submitted: undefined, handedOut: '', expected: undefined }),
    submitted: () => undefined,
  };
}

const returned = (values: readonly number[]): CallOutcome => ({
  kind: 'returned',
  value: { tensor: 't' },
  tensors: { t: tensor(values) },
  gradient: 't',
  seconds: 0,
});

describe('the places that checks look at', () => {
  it('are named by case, call and path', () => {
    expect([...allPlaces([map, list, gradient]).keys()]).toEqual([
      'one/map',
      'one/run.losses.0',
      'one/map#gradient',
    ]);
  });

  it('have the narrowest tolerance of the checks that look at them', () => {
    expect(allPlaces([map, narrow]).get('one/map')?.near).toEqual({ atol: 1e-7, rtol: 1e-5 });
    expect(allPlaces([narrow, map]).get('one/map')?.near).toEqual({ atol: 1e-7, rtol: 1e-5 });
  });

  it('are none of a check that says itself what is wrong', () => {
    expect(placesOf(memory)).toEqual([]);
  });
});

describe('what is found at a place', () => {
  const at = (outcome: CallOutcome | undefined, path?: string[]): string =>
    writeFingerprint(
      fingerprintAt(
        { case: 'one', value: { call: 'map', ...(path ? { path } : {}) } },
        evidenceOf(outcome ? { map: outcome } : {}),
      ),
    );
  const failed = (reason: 'threw' | 'time-out'): CallOutcome => ({
    kind: 'failed',
    reason,
    summary: '',
    details: [],
  });

  it.each([
    ['a tensor', returned([1, 3]), 'float32 [2] 1 3'],
    ['an error', failed('threw'), 'failed: threw'],
    ['nothing in time', failed('time-out'), 'failed: time-out'],
    ['no call at all', undefined, 'failed: not-reached'],
    ['a text', { kind: 'returned', value: { text: 'x' }, tensors: {}, seconds: 0 }, 'a string'],
  ] as [string, CallOutcome | undefined, string][])('%s', (_, outcome, line) => {
    expect(at(outcome)).toBe(line);
  });

  it('nothing where the path leads nowhere', () => {
    expect(at(returned([1, 3]), ['loss'])).toBe('nothing there');
  });
});

describe('the likely cause', () => {
  const known = {
    format: 1 as const,
    right: { 'one/map': 'float32 [3] 1 2 4' },
    mistakes: [{ cause: 'You add one.', returns: { 'one/map': 'float32 [3] 2 3 5' } }],
  };
  const causes = (failed: string[], evidence: Evidence): unknown =>
    Object.fromEntries(
      likelyCauses({ checks: [map, memory], failed: new Set(failed), evidence, known }).causes,
    );

  it('is that of the known mistake which returns the same', () => {
    expect(causes(['map'], evidenceOf({ map: returned([2, 3, 5]) }))).toEqual({ map: 'You add one.' });
  });

  it('is none of a check that did not fail, and of one that says itself what is wrong', () => {
    expect(causes([], evidenceOf({ map: returned([2, 3, 5]) }))).toEqual({});
    expect(causes(['memory'], evidenceOf({ map: returned([2, 3, 5]) }))).toEqual({});
  });

  it('is none where something else is expected than when it was recorded', () => {
    expect(causes(['map'], evidenceOf({ map: returned([2, 3, 5]) }, [1, 2, 9]))).toEqual({});
  });
});
